import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { agentWords } from '../bridge/agent-words.ts';
import type { Console } from './console.ts';
import { notify } from './notices.ts';
import { previewChange } from './preview-change.ts';
import { seenVersion } from './seen.ts';
import { submit } from './submit.ts';

/** What an agent does about commands that did not take effect (S3). */

type Superseded = Extract<Outcome, { kind: 'superseded' }>;

/** Takes them out of the view, one after the other. True where all of them are. */
export async function dismiss(console: Console, commandIds: readonly string[]): Promise<boolean> {
  for (const commandId of commandIds) {
    const answer = await console.bridge.call('commands.dismiss', { commandId });
    if (answer.ok) continue;
    notify(console, 'error', agentWords(answer.error));
    return false;
  }
  return true;
}

/**
 * Does a superseded change again, as a new command on the ticket as it is now, and takes the old one out of the view.
 * It was judged by what its agent had seen, and they have seen no less since.
 */
export async function doAgain(console: Console, { command }: JournalledCommand): Promise<void> {
  const { ticketId, threadSeen, action, id } = command;
  const seen = Math.max(threadSeen, seenVersion(console, ticketId));
  const saved = await submit(console, ticketId, [action], seen);
  if (saved.ok) await dismiss(console, [id]);
  else notify(console, 'error', saved.error);
}

/** Why a superseded change cannot be done again now, in words; null where it can. */
export function againBarred(
  console: Console,
  { command, outcome }: JournalledCommand,
): string | null {
  const { agent, policy } = console.state.getState();
  const item = console.queue.get(command.ticketId);
  if (item === undefined) return 'The ticket has not reached this machine yet.';
  // On an older row the new command would be superseded like the first.
  if (outcome?.kind === 'superseded' && !knowsStanding(item.row.head, command.action, outcome))
    return 'The ticket as it is now is still on its way here.';
  if (agent === null || policy === null) return null;
  return previewChange(item, [command.action], { agent, policy, at: console.clock.now() }).refusal;
}

/** Does the row hold what stands, or something newer? */
export function knowsStanding(head: TicketHead, action: Action, outcome: Superseded): boolean {
  return fieldAt(head, action, outcome) >= outcome.standingAt;
}

function fieldAt(head: TicketHead, action: Action, { field }: Superseded): number {
  switch (field) {
    case 'severity':
      return head.severity.at;
    case 'server-fault':
      return head.serverFault.at;
    case 'category':
      return head.category.at;
    case 'status':
      return head.status.at;
    case 'assignee':
      return head.assignee.at;
    case 'data-request': {
      const id = action.kind === 'set-data-request' ? action.requestId : null;
      return head.dataRequests.find((each) => each.id === id)?.state.at ?? 0;
    }
    case 'escalation': {
      const id = action.kind === 'acknowledge-escalation' ? action.escalationId : null;
      return head.escalations.find((each) => each.id === id)?.acknowledged.at ?? 0;
    }
  }
}
