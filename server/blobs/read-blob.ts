import type { Viewer } from '../../shared/tickets/may-see.ts';
import type { Store } from '../store/contract.ts';

export type BlobStream = { size: number; stream: ReadableStream<Uint8Array<ArrayBuffer>> };

/** A file's bytes, part by part as they are taken; null where no entry that the agent sees names it (S14, S16). */
export async function readBlob(
  store: Store,
  agent: Viewer,
  hash: string,
): Promise<BlobStream | null> {
  const blob = await store.blobs.blob(hash);
  if (blob === null || !(await store.read((read) => read.seesBlob(agent, hash)))) return null;
  const { size, content } = blob;
  let at = 0;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      const bytes = await store.blobs.part(content, at);
      if (bytes === null) {
        controller.error(new Error('a part of the file is missing'));
        return;
      }
      at += bytes.byteLength;
      // Our parts never lie in shared memory, which bodies cannot.
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      if (at >= size) controller.close();
    },
  });
  return { size, stream };
}
