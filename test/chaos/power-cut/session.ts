import { openJournalFile } from '../../../main/journal/journal-file.ts';
import type { FileCalls } from '../../../main/journal/journal-file.ts';
import { openJournal } from '../../../main/journal/journal.ts';
import type { Journal } from '../../../main/journal/journal.ts';
import type { JournalFault } from '../../../main/journal/read-journal.ts';
import type { Result } from '../../../shared/base/result.ts';
import type { CommandDraft } from '../../../shared/tickets/command.ts';
import { nothingTold, textOf } from './told.ts';
import type { Told } from './told.ts';

export const JOURNAL = '/profile/journal';

export type Life = {
  random: () => number;
  told: Told;
  /** How often the disk has failed so far. */
  faults: () => number;
  /** Makes texts and ids that no other life makes. */
  next: () => number;
};

export function newLife(random: () => number, faults: () => number): Life {
  let made = 0;
  return { random, faults, told: nothingTold(), next: () => (made += 1) };
}

export function open(
  calls: FileCalls,
  life: Pick<Life, 'told' | 'next'>,
): Promise<Result<Journal, JournalFault>> {
  return openJournal(
    { deskId: 'desk', agentId: 'agent', consoleId: 'console' },
    {
      file: openJournalFile(JOURNAL, calls),
      time: { nowMs: () => 1_000_000 },
      newCommandId: () => `00000000-0000-7000-8000-${life.next().toString(16).padStart(12, '0')}`,
      isExpected: life.told.opened,
    },
  );
}

/** Some steps on a journal by chance, several of them at once as fast keys and answers are. Notes what it tells. */
export async function work(journal: Journal, life: Life, steps: number): Promise<void> {
  const { random } = life;
  for (let step = 0; step < steps;) {
    const atOnce = 1 + Math.floor(random() * 3);
    await Promise.all(Array.from({ length: atOnce }, () => oneStep(journal, life)));
    step += atOnce;
  }
}

async function oneStep(journal: Journal, life: Life): Promise<void> {
  const { random, told } = life;
  const kept = [...journal.state.commands.values()];
  const kind = random();
  if (kind < 0.5) return submit(journal, life);
  if (kind < 0.65) {
    const taken = await journal.takeForPush(1 + Math.floor(random() * 4));
    if (taken.ok) for (const { id } of taken.value.commands) told.sent.add(id);
    return;
  }
  if (kind < 0.8) {
    const open = kept.filter(({ sentAt, outcome }) => sentAt !== null && outcome === null);
    const outcomes = open.slice(0, 3).map(({ command }) => ({
      commandId: command.id,
      outcome: { kind: 'applied' as const, version: life.next(), acceptedAt: 1_000_000 },
    }));
    const saved = await journal.recordOutcomes(outcomes);
    // Another step may have been first with one: that one stands.
    if (saved.ok)
      for (const { commandId } of outcomes) {
        const stands = journal.state.commands.get(commandId)?.outcome;
        if (stands !== null && stands !== undefined) told.outcomes.set(commandId, stands);
      }
    return;
  }
  const decided = kept.filter(({ left, outcome }) => left === null && outcome !== null);
  const ids = decided.slice(0, 2).map(({ command }) => command.id);
  if (kind < 0.85) {
    if ((await journal.settle(ids)).ok) for (const id of ids) told.settled.add(id);
  } else if (kind < 0.9) {
    // From now on, whether it works or not: it may have been written before it was told.
    for (const id of ids) told.dismissed.add(id);
    await journal.dismiss(ids);
  } else {
    const queued = kept.find(({ sentAt }) => sentAt === null);
    if (queued === undefined) return;
    const { id } = queued.command;
    const saved = told.saved.get(id);
    // Another step takes it back at this moment, or has.
    if (saved === undefined || told.withdrawn.has(id)) return;
    // Until it is answered, it may be there or not.
    told.saved.delete(id);
    const before = life.faults();
    const withdrawn = await journal.withdraw(id);
    const isKnown = withdrawn.ok || !isHopeless(life.faults() - before);
    if (isKnown) told.saved.set(id, saved);
    if (withdrawn.ok && withdrawn.value) told.withdrawn.add(id);
  }
}

/** Notes on few tickets; some of them longer than several sectors. */
async function submit(journal: Journal, life: Life): Promise<void> {
  const { random, told, faults } = life;
  const drafts = Array.from({ length: 1 + Math.floor(random() * 2) }, (): CommandDraft => {
    const length = random() < 0.3 ? Math.floor(random() * 3_000) : Math.floor(random() * 100);
    const text = `${life.next()} ${String.fromCharCode(97 + Math.floor(random() * 26)).repeat(length)}`;
    return {
      ticketId: `t${Math.floor(random() * 3)}`,
      baseVersion: 1,
      threadSeen: 1,
      undoes: null,
      action: { kind: 'note', text },
    };
  });
  for (const draft of drafts) told.handedOver.add(textOf(draft));
  const before = faults();
  const saved = await journal.submit(drafts);
  if (saved.ok) for (const command of saved.value) told.saved.set(command.id, command);
  else if (!isHopeless(faults() - before))
    for (const draft of drafts) told.notSaved.add(textOf(draft));
}

/** A disk that refuses the write, a new file and the cut back: nobody can say what it holds until it takes something. */
function isHopeless(faults: number): boolean {
  return faults >= 3;
}
