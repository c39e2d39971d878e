import { attachmentsOf } from '../../shared/tickets/attachment.ts';
import type { Command } from '../../shared/tickets/command.ts';
import type { Viewer } from '../../shared/tickets/may-see.ts';
import type { Reading } from '../store/contract.ts';
import { mayNameBlob } from './may-name-blob.ts';

/** Why a command's files keep it from being decided on. */
export type FileFault =
  /** Not here, or not for this agent: it is to be sent first (S16). */
  { kind: 'missing'; hash: string } | { kind: 'wrong-size'; name: string };

/** What commands may name, read with everything else that they are decided by. */
export type KnownFiles = (command: Command) => FileFault | null;

/** Reads for all commands that name files; most name none, and then nothing is read. */
export async function knownFiles(
  reading: Pick<Reading, 'blobSizes' | 'holdsBlob' | 'seesBlob'>,
  commands: readonly { agent: Viewer; command: Command }[],
): Promise<KnownFiles> {
  const named = new Map<string, { agent: Viewer; hash: string }>();
  for (const { agent, command } of commands)
    for (const { hash } of attachmentsOf(command.action))
      named.set(`${agent.id} ${hash}`, { agent, hash });
  const hashes = [...new Set([...named.values()].map((each) => each.hash))];
  const sizes = new Map(
    hashes.length === 0
      ? []
      : (await reading.blobSizes(hashes)).map(({ hash, size }) => [hash, size] as const),
  );
  const may = new Set<string>();
  for (const [key, { agent, hash }] of named)
    if (sizes.has(hash) && (await mayNameBlob(reading, agent, hash))) may.add(key);
  return ({ agentId, action }) => {
    for (const { hash, size, name } of attachmentsOf(action)) {
      if (!may.has(`${agentId} ${hash}`)) return { kind: 'missing', hash };
      if (sizes.get(hash) !== size) return { kind: 'wrong-size', name };
    }
    return null;
  };
}
