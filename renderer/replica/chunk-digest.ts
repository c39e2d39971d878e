import { digestOf } from './digest.ts';
import { toJsonBytes } from './json-bytes.ts';
import type { Chunk } from './replica-store.ts';

/** Of all that a chunk holds (S12). */
export function chunkDigest({
  n,
  ids,
  versions,
  decidedSeqs,
  blocks,
  bytes,
}: Omit<Chunk, 'digest'>): string {
  return digestOf(bytes, toJsonBytes([n, ids, versions, decidedSeqs, blocks]));
}
