import { invariant } from '../../shared/base/assert.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { maySee } from '../../shared/tickets/may-see.ts';
import type { BlobStore, StoredBlob, Upload, UploadName } from './blob-store.ts';
import { blobUses } from './blob-uses.ts';
import type { Reading } from './contract.ts';
import type { Changes } from './rows.ts';

/** Files in memory (S16): what `sql/blobs.ts` does in a database. */
export type MemoryBlobs = {
  store: BlobStore;
  reading: Pick<Reading, 'blobSizes' | 'seesBlob' | 'holdsBlob'>;
  noteUses: (entries: Changes['entries']) => void;
};

export function memoryBlobs(
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  headOf: (ticketId: string) => TicketHead | undefined,
): MemoryBlobs {
  const blobs = new Map<string, StoredBlob & { touchedAt: number }>();
  const uploads = new Map<string, Upload & UploadName & { touchedAt: number }>();
  const parts = new Map<string, Map<number, Uint8Array>>();
  const holders = new Map<string, Set<string>>();
  const uses = new Map<string, Set<string>>();
  let contents = 0;

  const findUpload = (content: string) =>
    [...uploads.entries()].find(([, upload]) => upload.content === content);
  const addPart = (name: UploadName, at: number, bytes: Uint8Array, nowMs: number): number => {
    const key = keyOf(name);
    if (at === 0 && !uploads.has(key)) {
      contents += 1;
      uploads.set(key, { ...name, content: `c${contents}`, received: 0, touchedAt: nowMs });
    }
    const upload = uploads.get(key);
    if (upload === undefined) return 0;
    const end = at + bytes.byteLength;
    if (upload.received !== at || end > name.size) return upload.received;
    const list = parts.get(upload.content) ?? new Map<number, Uint8Array>();
    parts.set(upload.content, list.set(at, bytes.slice()));
    uploads.set(key, { ...upload, received: end, touchedAt: nowMs });
    return end;
  };
  const sweep = (before: number, limit: number): number => {
    const oldUploads = [...uploads].filter(([, { touchedAt }]) => touchedAt < before);
    for (const [key, { content }] of oldUploads.slice(0, limit)) {
      uploads.delete(key);
      parts.delete(content);
    }
    const oldBlobs = [...blobs].filter(
      ([hash, { touchedAt }]) => touchedAt < before && !uses.has(hash),
    );
    for (const [hash, { content }] of oldBlobs.slice(0, limit)) {
      blobs.delete(hash);
      holders.delete(hash);
      parts.delete(content);
    }
    return Math.min(limit, oldUploads.length) + Math.min(limit, oldBlobs.length);
  };

  return {
    store: {
      upload: (name) => inTurn(async () => uploads.get(keyOf(name)) ?? null),
      addPart: (name, at, bytes, nowMs) => inTurn(async () => addPart(name, at, bytes, nowMs)),
      part: (content, at) => inTurn(async () => parts.get(content)?.get(at) ?? null),
      keepUpload: ({ hash, agentId }, content, nowMs) =>
        inTurn(async () => {
          const found = findUpload(content);
          if (found === undefined) return;
          const [key, { size, received }] = found;
          invariant(size === received, 'only a whole upload becomes a file');
          uploads.delete(key);
          if (blobs.has(hash)) parts.delete(content);
          else blobs.set(hash, { size, content, touchedAt: nowMs });
          holders.set(hash, (holders.get(hash) ?? new Set()).add(agentId));
        }),
      dropUpload: (content) =>
        inTurn(async () => {
          const found = findUpload(content);
          if (found === undefined) return false;
          uploads.delete(found[0]);
          parts.delete(content);
          return true;
        }),
      blob: (hash) => inTurn(async () => blobs.get(hash) ?? null),
      touchBlob: (hash, nowMs) =>
        inTurn(async () => {
          const blob = blobs.get(hash);
          if (blob !== undefined) blobs.set(hash, { ...blob, touchedAt: nowMs });
        }),
      unused: (agentId) =>
        inTurn(async () => {
          const sizes = [
            ...[...uploads.values()].filter((upload) => upload.agentId === agentId),
            ...[...blobs]
              .filter(([hash]) => holders.get(hash)?.has(agentId) === true && !uses.has(hash))
              .map(([, blob]) => blob),
          ].map(({ size }) => size);
          return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
        }),
      sweep: (before, limit) => inTurn(async () => sweep(before, limit)),
    },
    reading: {
      blobSizes: async (hashes) =>
        hashes.flatMap((hash) => {
          const blob = blobs.get(hash);
          return blob === undefined ? [] : [{ hash, size: blob.size }];
        }),
      seesBlob: async (viewer, hash) =>
        [...(uses.get(hash) ?? [])].some((ticketId) => {
          const head = headOf(ticketId);
          return (
            head !== undefined &&
            maySee(viewer, { teamId: head.teamId, assigneeId: head.assignee.value })
          );
        }),
      holdsBlob: async (agentId, hash) => holders.get(hash)?.has(agentId) === true,
    },
    noteUses: (entries) => {
      for (const { hash, ticketId } of blobUses(entries))
        uses.set(hash, (uses.get(hash) ?? new Set()).add(ticketId));
    },
  };
}

function keyOf({ hash, size, agentId }: UploadName): string {
  return `${agentId} ${hash} ${size}`;
}
