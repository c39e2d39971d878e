import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';

/**
 * Tickets on which a queued answer quiets repeats until the desk holds or refuses it (A5, C16): a reply, resolve,
 * close or feature category that waits.
 */
export function quietedTickets(
  commands: readonly Pick<JournalledCommand, 'command' | 'state' | 'outcome'>[],
  watchVersion: number,
): (ticketId: string, clock: ClockId) => boolean {
  const all = new Set<string>();
  const answered = new Set<string>();
  for (const { command, state, outcome } of commands) {
    // Once the watch table holds an accepted one, the clock itself says whether it was an answer.
    const isUnseen = state === 'accepted' && (outcome?.version ?? 0) > watchVersion;
    if (state !== 'queued' && state !== 'sent' && !isUnseen) continue;
    switch (command.action.kind) {
      case 'reply':
        // Answers everything but the triage that C5 waits for.
        answered.add(command.ticketId);
        break;
      case 'request-data':
        // Sent to the customer it is a reply (C7).
        if (command.action.isPublic) answered.add(command.ticketId);
        break;
      case 'resolve':
      case 'close':
      case 'convert-to-feature':
        all.add(command.ticketId);
        break;
      case 'set-category':
        if (command.action.category === 'feature') all.add(command.ticketId);
        break;
      default:
        break;
    }
  }
  return (ticketId, clock) => all.has(ticketId) || (clock !== 'C5' && answered.has(ticketId));
}
