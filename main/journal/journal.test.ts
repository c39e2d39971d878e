import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandDraft } from '../../shared/tickets/command.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import { KEEP_ACCEPTED_MS } from './fold.ts';
import { openJournalFile } from './journal-file.ts';
import type { JournalFile } from './journal-file.ts';
import { openJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { countCommands, selectForPush, settledBy, shownCommands } from './pending.ts';
import { FILE_HEADER_BYTES } from './record-format.ts';

const owner = { deskId: 'desk-1', agentId: 'agent-1', consoleId: 'console-1' };
let directory: string;
const opened: Journal[] = [];
let nowMs = 1_000_000;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'journal-'));
  nowMs = 1_000_000;
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  await rm(directory, { recursive: true, force: true });
});

const path = (): string => join(directory, 'journal');
const draft = (ticketId: string, text = 'hello'): CommandDraft => ({
  ticketId,
  baseVersion: 1,
  threadSeen: 1,
  undoes: null,
  action: { kind: 'note', text },
});
const applied = (version: number): Outcome => ({ kind: 'applied', version, acceptedAt: nowMs });

async function open(
  file: JournalFile = openJournalFile(path()),
  isExpected = false,
): Promise<Journal> {
  const journal = await openJournal(owner, {
    file,
    time: { nowMs: () => nowMs },
    newCommandId: () => uuidv7(),
    isExpected,
  });
  if (!journal.ok) throw new Error(journal.error.message);
  opened.push(journal.value);
  return journal.value;
}

async function submit(journal: Journal, ticketId: string, text?: string): Promise<string> {
  const saved = await journal.submit([draft(ticketId, text)]);
  if (!saved.ok) throw new Error(saved.error.message);
  return saved.value[0]?.id ?? '';
}

const ticketsOf = (journal: Journal): string[] =>
  [...journal.state.commands.values()].map((kept) => kept.command.ticketId);

describe('[S5] the journal', () => {
  test('a journal that is gone is told, and its numbers are not given again (S4)', async () => {
    const first = await open();
    await submit(first, 't1');
    const lastSeq = first.state.lastSeq;
    await first.close();
    await rm(path());
    const again = await open(undefined, true);
    expect(again.damage).toEqual(['the file is gone']);
    const saved = await again.submit([draft('t1', 'new')]);
    expect(saved.ok && saved.value[0]?.seq).toBeGreaterThan(lastSeq + 1_000);
    await again.close();
    const third = await open(undefined, true);
    expect(third.damage).toEqual([]);
  });

  test('holds what was saved when it is opened again', async () => {
    const first = await open();
    const a = await submit(first, 't1', 'one');
    const b = await submit(first, 't1', 'two');
    await first.takeForPush(1);
    await first.recordOutcomes([{ commandId: a, outcome: applied(7) }]);
    // Not closed: as after SIGKILL.
    const again = await open();
    expect(again.damage).toEqual([]);
    expect(shownCommands(again.state)).toEqual(shownCommands(first.state));
    expect(shownCommands(again.state).map((each) => [each.command.id, each.state])).toEqual([
      [a, 'accepted'],
      [b, 'queued'],
    ]);
  });

  test('gives `seq` without gaps, also to those saved at once, and puts them in one write', async () => {
    let writes = 0;
    const real = openJournalFile(path());
    const counted: JournalFile = {
      ...real,
      append: (bytes) => {
        writes += 1;
        return real.append(bytes);
      },
    };
    const journal = await open(counted);
    const all = await Promise.all(Array.from({ length: 40 }, () => journal.submit([draft('t1')])));
    expect(all.map((each) => (each.ok ? each.value[0]?.seq : 0))).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    expect(writes).toBeLessThan(5);
  });

  test('a torn last record is cut off and the rest goes on', async () => {
    const journal = await open();
    await submit(journal, 't1');
    await submit(journal, 't2');
    const bytes = await readFile(path());
    await writeFile(path(), bytes.subarray(0, bytes.byteLength - 5));
    const again = await open();
    expect(again.damage).toEqual([]);
    expect([...again.state.commands.values()].map((kept) => kept.command.ticketId)).toEqual(['t1']);
    await submit(again, 't3');
    const third = await open();
    expect(third.damage).toEqual([]);
    // The lost one may have had the number 2.
    const seqs = [...third.state.commands.values()].map((kept) => kept.command.seq);
    expect(seqs).toEqual([1, expect.toSatisfy((seq: number) => seq > 2)]);
  });

  test('a flipped byte is told, the file copied aside, the rest kept, no `seq` given twice', async () => {
    const journal = await open();
    for (const ticket of ['t1', 't2', 't3']) await submit(journal, ticket, 'text of it');
    const bytes = await readFile(path());
    const at = bytes.indexOf('"t2"') + 1;
    bytes[at] = 0x58;
    await writeFile(path(), bytes);
    const again = await open();
    expect(again.damage.join('\n')).toMatch(/damaged[\s\S]*missing[\s\S]*kept as/);
    expect([...again.state.commands.values()].map((kept) => kept.command.ticketId)).toEqual([
      't1',
      't3',
    ]);
    const copies = (await readdir(directory)).filter((name) => name.includes('damaged'));
    expect(copies).toHaveLength(1);
    expect(await readFile(join(directory, copies[0] ?? ''))).toEqual(bytes);
    const saved = await again.submit([draft('t4')]);
    expect(saved.ok && saved.value[0]?.seq).toBeGreaterThan(3);
    // It is told once: the file was written anew.
    expect((await open()).damage).toEqual([]);
  });

  test('says not saved when the disk refuses, and what was refused does not come back', async () => {
    const real = openJournalFile(path());
    let broken = false;
    const failing: JournalFile = {
      ...real,
      append: async (bytes) => {
        if (!broken) return real.append(bytes);
        // The bytes are there, but the disk did not confirm them.
        await real.append(bytes);
        throw new Error('EIO: fsync');
      },
    };
    const journal = await open(failing);
    await submit(journal, 't1', 'kept');
    broken = true;
    const refused = await journal.submit([draft('t2', 'refused')]);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'not-saved' } });
    expect(journal.state.commands.size).toBe(1);
    broken = false;
    await submit(journal, 't3', 'after');
    const again = await open();
    expect(again.damage).toEqual([]);
    expect([...again.state.commands.values()].map((kept) => kept.command.ticketId)).toEqual([
      't1',
      't3',
    ]);
    expect([...again.state.commands.values()].map((kept) => kept.command.seq)).toEqual([1, 2]);
  });

  test('commands saved together are all there after a crash, or none of them', async () => {
    const journal = await open();
    const held = await submit(journal, 't1');
    const before = await readFile(path());
    const saved = await journal.submit([
      { ...draft('t1'), action: { kind: 'decide', held: [{ id: held, as: 'replaced' }] } },
      { ...draft('t1'), action: { kind: 'reply', text: 'Anew.' } },
    ]);
    expect(saved.ok && saved.value.map(({ seq }) => seq)).toEqual([2, 3]);
    const whole = await readFile(path());
    for (let bytes = before.byteLength; bytes < whole.byteLength; bytes += 1) {
      await writeFile(path(), whole.subarray(0, bytes));
      const torn = await open();
      expect(torn.damage).toEqual([]);
      expect([...torn.state.commands.keys()]).toEqual([held]);
    }
    await writeFile(path(), whole);
    expect((await open()).state.commands.size).toBe(3);
  });

  for (const canReplace of [true, false])
    test(`what was not saved is gone at once, ${canReplace ? 'written anew' : 'cut off'}`, async () => {
      const real = openJournalFile(path());
      let broken = false;
      const journal = await open({
        ...real,
        append: async (bytes) => {
          if (!broken) return real.append(bytes);
          await appendFile(path(), bytes);
          throw new Error('EIO: fsync');
        },
        replace: async (bytes) => {
          if (broken && !canReplace) throw new Error('ENOSPC');
          return real.replace(bytes);
        },
      });
      await submit(journal, 't1');
      broken = true;
      expect(await journal.submit([draft('t2')])).toMatchObject({ ok: false });
      // As after SIGKILL: nothing more was appended, nothing closed.
      const killed = await open();
      expect(ticketsOf(killed)).toEqual(['t1']);
      broken = false;
      await submit(journal, 't3');
      const again = await open();
      expect(again.damage).toEqual([]);
      expect(ticketsOf(again)).toEqual(['t1', 't3']);
    });

  test("refuses another agent's journal and touches nothing", async () => {
    await open();
    const before = await readFile(path());
    const other = await openJournal(
      { ...owner, agentId: 'agent-2' },
      {
        file: openJournalFile(path()),
        time: { nowMs: () => nowMs },
        newCommandId: () => uuidv7(),
        isExpected: false,
      },
    );
    expect(other).toMatchObject({ ok: false, error: { kind: 'other-owner' } });
    expect(await readFile(path())).toEqual(before);
  });

  test('refuses a newer format and touches nothing', async () => {
    await open();
    const bytes = await readFile(path());
    const { encodeFileHeader } = await import('./record-format.ts');
    bytes.set(encodeFileHeader(9));
    await writeFile(path(), bytes);
    const newer = await openJournal(owner, {
      file: openJournalFile(path()),
      time: { nowMs: () => nowMs },
      newCommandId: () => uuidv7(),
      isExpected: false,
    });
    expect(newer).toMatchObject({ ok: false, error: { kind: 'newer-format' } });
    expect(await readFile(path())).toEqual(bytes);
  });

  test('keeps accepted commands for 30 days, then forgets them with the file written anew', async () => {
    const journal = await open();
    const ids = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => submit(journal, `t${index}`)),
    );
    await journal.takeForPush(1_000);
    await journal.recordOutcomes(ids.map((commandId) => ({ commandId, outcome: applied(5) })));
    await journal.settle(ids);
    const waiting = await submit(journal, 'waits');
    expect((await open()).state.commands.size).toBe(1_001);
    nowMs += KEEP_ACCEPTED_MS + 1;
    const later = await open();
    expect([...later.state.commands.keys()]).toEqual([waiting]);
    const bytes = await readFile(path());
    expect(bytes.byteLength).toBeLessThan(FILE_HEADER_BYTES + 1_200);
    const next = await later.submit([draft('t')]);
    expect(next.ok && next.value[0]?.seq).toBe(1_002);
    expect((await open()).damage).toEqual([]);
  });
});

describe('what goes to the desk', () => {
  test('[S2] `after` is the last command of the ticket that was marked sent, fixed once', async () => {
    const journal = await open();
    const a = await submit(journal, 't1');
    const other = await submit(journal, 't2');
    const b = await submit(journal, 't1');
    const first = await journal.takeForPush(256);
    const afters = (pushed: typeof first): unknown =>
      pushed.ok && pushed.value.commands.map((each) => [each.id, each.after]);
    expect(afters(first)).toEqual([
      [a, null],
      [other, null],
      [b, a],
    ]);
    // Killed before the answer: the same again, from the disk.
    const again = await open();
    const c = await submit(again, 't1');
    expect(afters(await again.takeForPush(256))).toEqual([
      [a, null],
      [other, null],
      [b, a],
      [c, b],
    ]);
  });

  test('[S2] one that must wait keeps back its ticket and no other', async () => {
    const journal = await open();
    const early = await submit(journal, 't1');
    await submit(journal, 't1');
    const free = await submit(journal, 't2');
    const kept = journal.state.commands.get(early);
    if (kept === undefined) throw new Error('missing');
    journal.state.commands.set(early, {
      ...kept,
      command: { ...kept.command, notBefore: nowMs + 500 },
    });
    const chosen = selectForPush(journal.state, nowMs, 256);
    expect(chosen.commands.map((each) => each.id)).toEqual([free]);
    expect(chosen.nextAt).toBe(nowMs + 500);
    expect(selectForPush(journal.state, nowMs + 500, 256).commands).toHaveLength(3);
  });

  test('[S4] an accepted command leaves pending only when both caches are past it', async () => {
    const journal = await open();
    const id = await submit(journal, 't1');
    await journal.takeForPush(256);
    await journal.recordOutcomes([{ commandId: id, outcome: applied(10) }]);
    expect(settledBy(journal.state, 10, 9)).toEqual([]);
    expect(settledBy(journal.state, 9, 10)).toEqual([]);
    expect(settledBy(journal.state, 10, 10)).toEqual([id]);
    await journal.settle([id]);
    expect(shownCommands(journal.state)).toEqual([]);
  });

  test('[S3] other outcomes wait for the agent, never change, and leave when dismissed', async () => {
    const journal = await open();
    const id = await submit(journal, 't1');
    await journal.takeForPush(256);
    const held: Outcome = { kind: 'held', version: 3, acceptedAt: 1, because: 'customer-message' };
    await journal.recordOutcomes([{ commandId: id, outcome: held }]);
    await journal.recordOutcomes([{ commandId: id, outcome: applied(9) }]);
    expect(countCommands(journal.state)).toEqual({ waiting: 0, conflicts: 1 });
    expect(shownCommands((await open()).state)).toMatchObject([{ state: 'held', outcome: held }]);
    expect(settledBy(journal.state, 99, 99)).toEqual([]);
    await journal.dismiss([id]);
    expect(countCommands((await open()).state)).toEqual({ waiting: 0, conflicts: 0 });
  });

  test('[S3] an accepted decision ends the group it names', async () => {
    const journal = await open();
    const id = await submit(journal, 't1');
    await journal.takeForPush(256);
    const held: Outcome = { kind: 'held', version: 3, acceptedAt: 1, because: 'customer-message' };
    await journal.recordOutcomes([{ commandId: id, outcome: held }]);
    const decision = await journal.submit([
      { ...draft('t1'), action: { kind: 'decide', held: [{ id, as: 'discarded' }] } },
    ]);
    const decisionId = decision.ok ? (decision.value[0]?.id ?? '') : '';
    await journal.takeForPush(256);
    expect(countCommands(journal.state)).toEqual({ waiting: 1, conflicts: 1 });
    // One append: a crash cannot come between the decision and the end of the group.
    await journal.recordOutcomes([{ commandId: decisionId, outcome: applied(4) }]);
    expect(countCommands(journal.state)).toEqual({ waiting: 0, conflicts: 0 });
    expect(shownCommands((await open()).state).map(({ command }) => command.id)).toEqual([
      decisionId,
    ]);
  });

  test('[S3] a refused decision ends nothing', async () => {
    const journal = await open();
    const id = await submit(journal, 't1');
    const held: Outcome = { kind: 'held', version: 3, acceptedAt: 1, because: 'customer-message' };
    await journal.recordOutcomes([{ commandId: id, outcome: held }]);
    const decision = await journal.submit([
      { ...draft('t1'), action: { kind: 'decide', held: [{ id, as: 'discarded' }] } },
    ]);
    const refusal = { code: 'not-held' as const, message: 'It is not held.' };
    await journal.recordOutcomes([
      {
        commandId: decision.ok ? (decision.value[0]?.id ?? '') : '',
        outcome: { kind: 'refused', version: 4, acceptedAt: 1, refusal },
      },
    ]);
    expect(countCommands(journal.state)).toEqual({ waiting: 0, conflicts: 2 });
  });
});
