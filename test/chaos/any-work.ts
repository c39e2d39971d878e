import { severities } from '../../shared/policy/severity.ts';
import type { Action, CommandDraft } from '../../shared/tickets/command.ts';
import { OUR_MARK } from './promises.ts';

/** Work of a hasty agent, by chance that is passed in: mostly notes and replies, some changes. */
export function anyWork(
  random: () => number,
  ticketIds: readonly string[],
  agentId: string,
): () => CommandDraft {
  let made = 0;
  const pick = <T>(list: readonly [T, ...T[]] | readonly T[]): T =>
    list[Math.floor(random() * list.length)] as T;
  const action = (text: string): Action => {
    const kind = random();
    if (kind < 0.55) return { kind: 'note', text };
    if (kind < 0.75) return { kind: 'reply', text };
    if (kind < 0.85)
      return { kind: 'escalate', level: 'support-lead', reason: 'customer-not-satisfied', text };
    if (kind < 0.93) return { kind: 'set-severity', severity: pick(severities), reason: text };
    return { kind: 'assign', assignee: random() < 0.5 ? agentId : null };
  };
  return () => {
    made += 1;
    return {
      ticketId: pick(ticketIds),
      // Of its own time: nothing that others write is to hold it back here.
      baseVersion: 1_000_000_000,
      threadSeen: 1_000_000_000,
      undoes: null,
      action: action(`${OUR_MARK}${agentId} ${made} ${'x'.repeat(Math.floor(random() * 400))}`),
    };
  };
}
