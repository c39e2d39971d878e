import type { Command } from '../../shared/tickets/command.ts';
import type { KeptCommand } from './journal-state.ts';

/**
 * What becomes of the kept commands when the desk was put back from a backup that ends at `version` (S7); pure.
 * Gives those that change.
 */
export function restoredCommands(
  commands: ReadonlyMap<string, KeptCommand>,
  version: number,
): Map<string, KeptCommand> {
  const { dealtWith, openAgain } = lookAtGroups(commands, version);
  const changed = new Map<string, KeptCommand>();
  for (const [id, kept] of commands) {
    const clamped = { ...kept, command: clamp(kept.command, version) };
    if (dealtWith.has(id)) changed.set(id, { ...clamped, left: 'dismissed', noLedgerRow: true });
    else if (kept.left === 'dismissed' && !openAgain.has(id))
      changed.set(id, { ...kept, noLedgerRow: true });
    else changed.set(id, isFinal(kept) ? { ...clamped, noLedgerRow: true } : pushAgain(clamped));
  }
  return changed;
}

/** What it stood on after the backup's end is gone: other things may have those versions now. */
function clamp(command: Command, version: number): Command {
  return {
    ...command,
    baseVersion: Math.min(command.baseVersion, version),
    threadSeen: Math.min(command.threadSeen, version),
  };
}

/** Stays as it is in the conflicts view, whatever the desk still knows of it. */
function isFinal({ outcome }: KeptCommand): boolean {
  return outcome?.kind === 'superseded' || outcome?.kind === 'refused';
}

/** As if it had not been answered. What never left is what it was. */
function pushAgain(kept: KeptCommand): KeptCommand {
  if (kept.sentAt === null) return kept;
  const command = { ...kept.command, afterRestore: true };
  return { ...kept, command, outcome: null, left: null, noLedgerRow: false };
}

type Groups = { dealtWith: ReadonlySet<string>; openAgain: ReadonlySet<string> };

/**
 * Decisions on held groups that the desk lost are dealt with, and so are those groups: at the desk there is nothing to
 * decide on any more. A group that lies within the backup is held there, so its decision is sent again. Where only a
 * part of it does, that part is the agent's to decide on anew.
 */
function lookAtGroups(commands: ReadonlyMap<string, KeptCommand>, version: number): Groups {
  const dealtWith = new Set<string>();
  const openAgain = new Set<string>();
  for (const { command, outcome, left } of commands.values()) {
    if (command.action.kind !== 'decide' || left === 'dismissed') continue;
    if (outcome?.kind === 'refused') continue;
    const ids = command.action.held.map(({ id }) => id);
    const known = ids.filter((id) => (commands.get(id)?.outcome?.version ?? Infinity) <= version);
    if (known.length === ids.length) continue;
    dealtWith.add(command.id);
    for (const id of ids) (known.includes(id) ? openAgain : dealtWith).add(id);
  }
  return { dealtWith, openAgain };
}
