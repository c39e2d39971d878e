import { createHash } from 'node:crypto';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BlobStanding } from '../../shared/protocol/blobs.ts';
import type { Viewer } from '../../shared/tickets/may-see.ts';
import type { UploadName } from '../store/blob-store.ts';
import type { Store } from '../store/contract.ts';
import type { Surroundings } from '../surroundings.ts';
import { mayNameBlob } from './may-name-blob.ts';

/** What one agent may have here that no entry names: twice the most that one message carries. */
export const MAX_UNUSED_BYTES = 1024 * 1024 * 1024;
const MAX_UNUSED_FILES = 1_000;

export type BlobFault = { kind: 'wrong-hash' | 'too-much'; message: string };
type Parts = { store: Store; around: Surroundings };
type FileName = { hash: string; size: number };

/** Where an agent's upload of a file stands (S16). Whole is only what its hash was found to name. */
export async function blobStanding(
  parts: Parts,
  agent: Viewer,
  { hash, size }: FileName,
): Promise<BlobStanding> {
  const { store, around } = parts;
  const blob = await store.blobs.blob(hash);
  if (blob?.size === size && (await store.read((read) => mayNameBlob(read, agent, hash)))) {
    await store.blobs.touchBlob(hash, around.nowMs());
    return { offset: size, whole: true };
  }
  const name = { hash, size, agentId: agent.id };
  const upload = await store.blobs.upload(name);
  // The desk ended after the last part and before it was looked at.
  if (upload?.received === size)
    return (await finish(parts, name))
      ? { offset: size, whole: true }
      : { offset: 0, whole: false };
  return { offset: upload?.received ?? 0, whole: false };
}

/**
 * Takes the part of a file that begins at `at` (S16). One that begins elsewhere than the upload stands changes
 * nothing: the answer says where to go on. After the last part the whole is verified; what is not what its hash says
 * is deleted.
 */
export async function receivePart(
  parts: Parts,
  agent: Viewer,
  { hash, size, at, bytes }: FileName & { at: number; bytes: Uint8Array },
): Promise<Result<BlobStanding, BlobFault>> {
  const { store, around } = parts;
  const before = await blobStanding(parts, agent, { hash, size });
  if (before.whole || at !== before.offset || bytes.byteLength === 0) return ok(before);
  if (at + bytes.byteLength > size)
    return err({ kind: 'wrong-hash', message: 'There are more bytes than the file has.' });
  if (at === 0) {
    const unused = await store.blobs.unused(agent.id);
    if (unused.files >= MAX_UNUSED_FILES || unused.bytes + size > MAX_UNUSED_BYTES)
      return err({
        kind: 'too-much',
        message: 'Too many of your files are here that nothing names.',
      });
  }
  const name = { hash, size, agentId: agent.id };
  const offset = await store.blobs.addPart(name, at, bytes, around.nowMs());
  // Another request was quicker; it may have ended the upload by now.
  if (offset !== at + bytes.byteLength) return ok(await blobStanding(parts, agent, { hash, size }));
  if (offset < size) return ok({ offset, whole: false });
  return (await finish(parts, name))
    ? ok({ offset, whole: true })
    : err({ kind: 'wrong-hash', message: 'The bytes are not those of the file with this hash.' });
}

/** Looks at all that came; false where it is not the file, and is gone. */
async function finish({ store, around }: Parts, name: UploadName): Promise<boolean> {
  const isStored = async (): Promise<boolean> =>
    (await store.blobs.blob(name.hash))?.size === name.size;
  const upload = await store.blobs.upload(name);
  // Another request has finished it.
  if (upload === null) return isStored();
  const hash = createHash('sha256');
  let at = 0;
  for (;;) {
    const bytes = await store.blobs.part(upload.content, at);
    if (bytes === null || bytes.byteLength === 0) break;
    hash.update(bytes);
    at += bytes.byteLength;
  }
  if (at === name.size && hash.digest('hex') === name.hash) {
    await store.blobs.keepUpload(name, upload.content, around.nowMs());
    return true;
  }
  // Finished by another request meanwhile, its parts may be gone because the file was there already.
  return (await store.blobs.dropUpload(upload.content)) ? false : isStored();
}
