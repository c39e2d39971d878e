/** A file on the desk: what it is called by, and whose upload of it (S16). */
export type UploadName = { hash: string; size: number; agentId: string };

/** Where an agent's upload of a file stands. */
export type Upload = {
  /** Names the bytes that came so far. */
  content: string;
  received: number;
};

/** A whole file whose bytes were found to be what its hash says. */
export type StoredBlob = { size: number; content: string };

/** What an agent has here that no entry names. */
export type UnusedFiles = { files: number; bytes: number };

/**
 * Files beside the order of changes (S16): no version speaks of them, an entry names them. Each call is a transaction
 * of its own, so that an upload loses no part that was answered, whatever happens next and to whichever process.
 * Uploads are kept apart by agent until they are whole: nobody gets a file by knowing its hash.
 */
export type BlobStore = {
  upload: (name: UploadName) => Promise<Upload | null>;
  /**
   * Takes a part if it begins where the upload stands and ends within the file's size; the first one, at 0, begins it.
   * Gives where the upload stands then; 0 where there is none.
   */
  addPart: (name: UploadName, at: number, bytes: Uint8Array, nowMs: number) => Promise<number>;
  /** The part of a content that begins at an offset. */
  part: (content: string, at: number) => Promise<Uint8Array | null>;
  /** The upload becomes the file, or is dropped where the file is there by now; its agent is noted to have it. */
  keepUpload: (name: UploadName, content: string, nowMs: number) => Promise<void>;
  /** False where it is no longer there: it was finished or dropped by another request. */
  dropUpload: (content: string) => Promise<boolean>;
  blob: (hash: string) => Promise<StoredBlob | null>;
  /** It is about to be named: its days begin anew. */
  touchBlob: (hash: string, nowMs: number) => Promise<void>;
  unused: (agentId: string) => Promise<UnusedFiles>;
  /**
   * Deletes files that no entry names and uploads, last touched before an instant: a few at a time, under the lock on
   * the counter, so that no command is being decided on that names one. Gives how many went.
   */
  sweep: (before: number, limit: number) => Promise<number>;
};
