import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { MAX_PUSH_COMMANDS } from '../../shared/protocol/push.ts';
import type { Journal } from '../journal/journal.ts';
import type { DeskFault } from './desk-fault.ts';
import type { SyncDeps } from './sync-deps.ts';
import type { SyncAnswer } from './machine-state.ts';
import { outcomesOf } from './push-answers.ts';

export type PushStep = {
  /** Marks sent what may go, sends it, and journals what the desk says of it (S2, S6). */
  push: () => Promise<Result<SyncAnswer, DeskFault>>;
  /** The highest version of this console's outcomes: no pull may be answered from before it (S6). */
  atLeast: () => number;
  /** Outcomes of the desk's last life count no more (S7). */
  restored: () => void;
};

export function pushStep({
  client,
  journal,
  uploads,
  told,
}: Pick<SyncDeps, 'client' | 'journal' | 'uploads' | 'told'>): PushStep {
  const { owner } = journal;
  let atLeast = highestOutcome(journal);

  const push = async (): Promise<Result<SyncAnswer, DeskFault>> => {
    const nothing: SyncAnswer = { kind: 'pushed', more: false, nextAt: null, notYet: false };
    uploads?.look();
    const taken = await journal.takeForPush(MAX_PUSH_COMMANDS, uploads?.keepsBack);
    if (!taken.ok) return err({ kind: 'refused', message: taken.error.message });
    const { commands, nextAt, more } = taken.value;
    if (commands.length === 0) return ok({ ...nothing, nextAt });
    told.commands();
    const { consoleId, deskId } = owner;
    const answer = await client.push({ protocol: PROTOCOL_VERSION, consoleId, deskId, commands });
    if (!answer.ok) return answer;
    if (answer.value.deskId !== deskId)
      return err({ kind: 'wrong-desk', message: 'The answer came from another desk.' });
    uploads?.answered(answer.value.answers);
    uploads?.look();
    const { outcomes, notYet } = outcomesOf(answer.value.answers, commands, answer.value);
    // Journalled before they are shown (S6).
    const saved = await journal.recordOutcomes(outcomes);
    if (!saved.ok) return err({ kind: 'refused', message: saved.error.message });
    atLeast = Math.max(atLeast, ...outcomes.map(({ outcome }) => outcome.version));
    told.commands();
    return ok({ kind: 'pushed', more: more && outcomes.length > 0, nextAt, notYet });
  };

  return {
    push,
    atLeast: () => atLeast,
    restored: () => {
      atLeast = highestOutcome(journal);
    },
  };
}

function highestOutcome(journal: Journal): number {
  let highest = 0;
  for (const { outcome, noLedgerRow } of journal.state.commands.values())
    if (!noLedgerRow) highest = Math.max(highest, outcome?.version ?? 0);
  return highest;
}
