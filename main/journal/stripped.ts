import type { Outcome } from '../../shared/tickets/outcome.ts';
import type { JournalState, KeptCommand } from './journal-state.ts';
import { MAX_COMMANDS_PER_RECORD } from './records.ts';
import type { NewRecord } from './records.ts';

/** Commands on tickets that are no longer for this agent: only the agent's own words stay (S14); pure. */

export function stripped(kept: KeptCommand): KeptCommand {
  const outcome = kept.outcome === null ? null : strippedOutcome(kept.outcome);
  return { ...kept, gone: true, outcome };
}

/** What may be kept of an outcome: one that comes after the ticket has gone is stripped, too. */
export function shownOutcome(kept: KeptCommand | undefined, outcome: Outcome): Outcome {
  return kept?.gone === true ? strippedOutcome(outcome) : outcome;
}

/** Without the value that stands, who set it and when, and without the desk's words. */
export function strippedOutcome(outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case 'superseded':
      return {
        ...outcome,
        standing: '',
        standingAgentId: null,
        standingAt: outcome.acceptedAt,
      };
    case 'refused':
      return {
        ...outcome,
        refusal: { code: outcome.refusal.code, message: 'The desk did not take it.' },
      };
    case 'applied':
    case 'merged':
    case 'held':
      return outcome;
  }
}

/** Commands on those tickets that are not stripped yet. */
export function toStrip(state: JournalState, isGone: (ticketId: string) => boolean): string[] {
  return [...state.commands.values()]
    .filter(({ command, gone }) => !gone && isGone(command.ticketId))
    .map(({ command }) => command.id);
}

export function strippedRecords(commandIds: readonly string[]): NewRecord[] {
  const records: NewRecord[] = [];
  for (let start = 0; start < commandIds.length; start += MAX_COMMANDS_PER_RECORD)
    records.push({
      kind: 'stripped',
      commandIds: commandIds.slice(start, start + MAX_COMMANDS_PER_RECORD),
    });
  return records;
}
