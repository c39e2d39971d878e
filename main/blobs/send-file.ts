import type { DeskClient } from '../sync/desk-client.ts';
import { consequence } from '../sync/desk-fault.ts';
import type { DeskFault } from '../sync/desk-fault.ts';
import type { BlobFiles, BlobName } from './blob-files.ts';

export type SendDeps = {
  files: Pick<BlobFiles, 'read' | 'readWhole'>;
  client: Pick<DeskClient, 'blobStanding' | 'putBlob'>;
};

export type Sent =
  | { kind: 'there' }
  /** The desk does not have it, and it is not here, or no longer what its hash says. */
  | { kind: 'gone' }
  /** The desk does not answer, or this was broken off. */
  | { kind: 'away' }
  | { kind: 'not-taken'; words: string };

/** Small enough to pass within a minute also over a very slow line. */
export const PART_BYTES = 512 * 1024;
/** How often the desk may answer a part by a place that is not after it. */
const MOST_STANDSTILLS = 3;

/** Sends a file from where the desk says that it stands (S16). */
export async function sendFile(
  { files, client }: SendDeps,
  name: BlobName,
  signal: AbortSignal,
  progress: (sent: number) => void,
): Promise<Sent> {
  let standing = await client.blobStanding(name, signal);
  if (!standing.ok) return notTaken(standing.error);
  for (let standstills = 0; standstills < MOST_STANDSTILLS;) {
    const { offset, whole } = standing.value;
    if (whole) return { kind: 'there' };
    if (signal.aborted) return { kind: 'away' };
    const bytes = await files.read(name, offset, PART_BYTES);
    if (bytes === null) return { kind: 'gone' };
    progress(offset);
    standing = await client.putBlob(name, offset, bytes, signal);
    if (!standing.ok) {
      const fault = notTaken(standing.error);
      // Refused at the end: is it the file here that changed?
      if (fault.kind === 'not-taken' && (await files.readWhole(name)) === null)
        return { kind: 'gone' };
      return fault;
    }
    // Another upload of the same file may be going on: the desk says where it stands.
    if (standing.value.offset <= offset && !standing.value.whole) standstills += 1;
  }
  return { kind: 'not-taken', words: 'The desk takes nothing more of this file.' };
}

/** What the sync loop meets too is left to it. */
function notTaken(fault: DeskFault): Sent {
  const isAway = fault.kind === 'unreachable' || fault.kind === 'no-address';
  if (isAway || consequence(fault) !== 'retry') return { kind: 'away' };
  return { kind: 'not-taken', words: fault.message.slice(0, 500) };
}
