import type { PushAnswer } from '../../shared/protocol/push.ts';
import type { Command } from '../../shared/tickets/command.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';

export type Answered = {
  outcomes: { commandId: string; outcome: Outcome; noLedgerRow?: true }[];
  /** The desk lacks what some come after: push again. */
  notYet: boolean;
};

/** A desk's answers as outcomes. What the desk cannot even read has no ledger row: it is refused here. */
export function outcomesOf(
  answers: readonly PushAnswer[],
  pushed: readonly Command[],
  desk: { version: number; now: number },
): Answered {
  const result: Answered = { outcomes: [], notYet: false };
  for (const answer of answers) {
    switch (answer.kind) {
      case 'decided':
        result.outcomes.push({ commandId: answer.commandId, outcome: answer.outcome });
        break;
      case 'not-yet':
        result.notYet = true;
        break;
      case 'unreadable': {
        const command = pushed[answer.index];
        if (command === undefined) break;
        const message = `The desk could not read it: ${answer.message}`.slice(0, 2_000);
        result.outcomes.push({
          commandId: command.id,
          noLedgerRow: true,
          outcome: {
            kind: 'refused',
            version: desk.version,
            acceptedAt: desk.now,
            refusal: { code: 'bad-command', message },
          },
        });
        break;
      }
    }
  }
  return result;
}
