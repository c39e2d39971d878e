import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { KeptCommand } from './journal-state.ts';
import type { Journal } from './journal.ts';

/**
 * Takes a conflict out of the agent's sight. A held command is one of a group that stands at the desk until a decision
 * ends it (S3), so all of it is discarded; the desk takes that also where the ticket is no longer for the agent (S14).
 */
export async function dismiss(
  journal: Journal,
  commandId: string,
): Promise<Result<void, BridgeError>> {
  const kept = journal.state.commands.get(commandId);
  const kind = kept?.outcome?.kind;
  if (kept === undefined || (kind !== 'held' && kind !== 'superseded' && kind !== 'refused'))
    return err({ code: 'not-allowed', message: 'Only a conflict can be dismissed.' });
  const saved =
    kind === 'held' ? await discardGroup(journal, kept) : await journal.dismiss([commandId]);
  return saved.ok ? ok(undefined) : err({ code: 'not-saved', message: saved.error.message });
}

async function discardGroup(journal: Journal, { command }: KeptCommand) {
  const { ticketId, baseVersion, threadSeen } = command;
  const all = [...journal.state.commands.values()].filter(
    (each) => each.command.ticketId === ticketId && each.left === null,
  );
  const decided = new Set(
    all.flatMap(({ command: { action }, outcome }) =>
      action.kind === 'decide' && outcome === null ? action.held.map(({ id }) => id) : [],
    ),
  );
  const group = all.filter(
    ({ command: { id }, outcome }) => outcome?.kind === 'held' && !decided.has(id),
  );
  if (group.length === 0) return ok(undefined);
  const held = group.map(({ command: { id } }) => ({ id, as: 'discarded' as const }));
  return journal.submit([
    { ticketId, baseVersion, threadSeen, undoes: null, action: { kind: 'decide', held } },
  ]);
}
