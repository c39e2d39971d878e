import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Time } from '../../shared/base/time.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Command, CommandDraft } from '../../shared/tickets/command.ts';
import { notBeforeOf } from '../../shared/tickets/not-before.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import { diskWords } from '../disk-words.ts';
import { foldRecord, isDone, liveRecords } from './fold.ts';
import { emptyJournal } from './journal-state.ts';
import type { JournalState, KeptCommand } from './journal-state.ts';
import type { JournalFile } from './journal-file.ts';
import { takeBack } from './take-back.ts';
import { isPending, selectForPush } from './pending.ts';
import type { ToPush } from './pending.ts';
import { readJournal } from './read-journal.ts';
import type { JournalFault } from './read-journal.ts';
import { MAX_PAYLOAD_BYTES, encodeFileHeader } from './record-format.ts';
import { isSame } from '../sync/cursors.ts';
import { encodeJournalRecord } from './records.ts';
import type { JournalOwner, JournalRecord, NewRecord } from './records.ts';
import { shownOutcome, strippedRecords, toStrip } from './stripped.ts';

export type JournalDeps = {
  file: JournalFile;
  time: Time;
  /** Goes on evenly, whatever clock is set; by `time` where it is left out. */
  steadyMs?: () => number;
  newCommandId: () => string;
  /** There was one before: a file that is gone is then a loss, and is told. */
  isExpected: boolean;
};

/**
 * Numbers that lost records may have used. Rows of the desk can speak of them already: a new command under one of
 * them would be taken for decided and not shown (S4).
 */
const LOST_SEQS = 1_000_000;

export type Journal = {
  readonly owner: JournalOwner;
  /** What is durable. Read only. */
  readonly state: JournalState;
  /** What was wrong with the file when it was opened, in words. */
  readonly damage: readonly string[];
  /** Resolves when the commands are on the disk, all of them or none (S5). */
  submit: (drafts: readonly CommandDraft[]) => Promise<Result<Command[], JournalFault>>;
  /**
   * Chooses what may go now and marks it sent, on the disk, before anything leaves (S2). What `keepsBack` names waits,
   * and with it what comes after it on its ticket (S16).
   */
  takeForPush: (
    max: number,
    keepsBack?: (kept: KeptCommand) => boolean,
  ) => Promise<Result<ToPush, JournalFault>>;
  recordOutcomes: (
    outcomes: readonly { commandId: string; outcome: Outcome; noLedgerRow?: true }[],
  ) => Promise<Result<void, JournalFault>>;
  /** Takes back a command that was not marked sent; false where it was, or is not there (S17). */
  withdraw: (commandId: string) => Promise<Result<boolean, JournalFault>>;
  /** The desk's backups hold everything up to here: what it accepted until then need not be kept (S5). */
  noteSafe: (cursor: Cursor) => Promise<Result<void, JournalFault>>;
  /** The desk's life that outcomes are of, where none is known yet (S7). */
  noteEpoch: (epoch: string) => Promise<Result<void, JournalFault>>;
  /** The desk began a new life at this version, and the agent said yes to going on with it (S7). */
  restore: (epoch: string, version: number) => Promise<Result<void, JournalFault>>;
  /** These tickets are no longer for this agent (S14). Resolves with whether any command is on them. */
  strip: (isGone: (ticketId: string) => boolean) => Promise<Result<boolean, JournalFault>>;
  settle: (commandIds: readonly string[]) => Promise<Result<void, JournalFault>>;
  dismiss: (commandIds: readonly string[]) => Promise<Result<void, JournalFault>>;
  /** Waits for what is being written. Nothing can be appended afterwards. */
  close: () => Promise<void>;
};

/** One append: its records are made when its turn comes, so that numbers have no gaps if it fails. */
type Job = {
  make: (lastSeq: number) => NewRecord[];
  /** What it makes depends on what others of its group would change: it is written by itself. */
  alone: boolean;
  done: (result: Result<void, JournalFault>) => void;
};

const COMPACT_FROM_COMMANDS = 1_000;

/** Opens or creates the journal of one agent at one desk (S5). Its directory must be locked (S10). */
export async function openJournal(
  owner: JournalOwner,
  deps: JournalDeps,
): Promise<Result<Journal, JournalFault>> {
  const { file, time } = deps;
  try {
    const bytes = await file.read();
    const read =
      bytes === null
        ? ok({
            state: emptyJournal(),
            damage: deps.isExpected ? ['the file is gone'] : [],
            tornAt: null,
            isOlder: false,
          })
        : readJournal(bytes, owner);
    if (!read.ok) return read;
    const { state, damage, tornAt, isOlder } = read.value;
    if (damage.length > 0 || tornAt !== null) state.lastSeq += LOST_SEQS;
    if (bytes !== null && damage.length > 0) {
      const copy = await file.copyAside(`damaged-${time.nowMs()}`);
      damage.push(`the file as it was found is kept as ${copy}`);
    }
    const nowMs = time.nowMs();
    const done = [...state.commands.values()].filter((kept) => isDone(kept, nowMs, state.safe));
    const isLong = done.length >= COMPACT_FROM_COMMANDS;
    if (bytes === null || damage.length > 0 || isOlder || isLong)
      await writeAnew(file, state, owner, nowMs);
    else if (tornAt !== null) await file.cutTo(tornAt);
    return ok(runJournal(owner, state, damage, deps));
  } catch (thrown) {
    return err({ kind: 'unreadable', message: String(thrown) });
  }
}

function runJournal(
  owner: JournalOwner,
  state: JournalState,
  damage: readonly string[],
  { file, time, newCommandId, steadyMs = time.nowMs }: JournalDeps,
): Journal {
  const queue: Job[] = [];
  const waits = takeBack(state, time, steadyMs);
  let writing: Promise<void> | null = null;
  let closed = false;
  /** A write failed and the file could not be put right since: nobody knows what it holds. */
  let distrusted = false;
  /** The file still has bytes that are not to be kept. */
  let overfull = false;

  const append = (make: Job['make'], alone = false): Promise<Result<void, JournalFault>> => {
    if (closed) return Promise.resolve(err({ kind: 'closed', message: 'The journal is closed.' }));
    return new Promise((done) => {
      queue.push({ make, alone, done });
      writing ??= writeQueue();
    });
  };

  /** Appends that arrive while the disk is busy go together in the next turn, with one fsync. */
  const writeQueue = async (): Promise<void> => {
    // Lets every caller of this turn of the loop into the first group.
    await Promise.resolve();
    while (queue.length > 0) {
      const jobs = nextGroup(queue);
      const result = await writeJobs(jobs);
      for (const job of jobs) job.done(result);
    }
    // In the same turn as the last look at the queue: whoever comes later starts a new one.
    writing = null;
  };

  const writeJobs = async (jobs: readonly Job[]): Promise<Result<void, JournalFault>> => {
    try {
      if (distrusted || overfull) {
        await writeAnew(file, state, owner, time.nowMs());
        distrusted = false;
        overfull = false;
      }
      const records: JournalRecord[] = [];
      let { nextNumber, lastSeq } = state;
      for (const job of jobs) {
        for (const record of job.make(lastSeq)) {
          records.push({ ...record, n: nextNumber, at: time.nowMs() });
          nextNumber += 1;
          if (record.kind === 'commands') lastSeq = record.commands.at(-1)?.seq ?? lastSeq;
        }
      }
      if (records.length === 0) return ok(undefined);
      const frames = records.map(encodeJournalRecord);
      if (frames.some((frame) => frame.byteLength > MAX_PAYLOAD_BYTES))
        return err({ kind: 'not-saved', message: 'It is too large to be saved.' });
      await file.append(Buffer.concat(frames));
      for (const record of records) foldRecord(state, record);
      return ok(undefined);
    } catch (thrown) {
      // At once: a process that ends here must not leave what the agent was told is not saved.
      distrusted = !(await putRight());
      return err({ kind: 'not-saved', message: diskWords(thrown) });
    }
  };

  /** Whether the file again says what the state says. */
  const putRight = async (): Promise<boolean> => {
    for (const way of [() => writeAnew(file, state, owner, time.nowMs()), () => file.cutBack()]) {
      const worked = await way().then(
        () => true,
        () => false,
      );
      if (worked) return true;
    }
    return false;
  };

  return {
    owner,
    state,
    damage,
    submit: async (drafts) => {
      let commands: Command[] = [];
      const saved = await append((lastSeq) => {
        commands = drafts.map((draft, index) => ({
          ...draft,
          id: newCommandId(),
          agentId: owner.agentId,
          consoleId: owner.consoleId,
          seq: lastSeq + 1 + index,
          after: null,
          writtenAt: time.nowMs(),
          notBefore: notBeforeOf(draft.action, time.nowMs()),
          afterRestore: false,
        }));
        return commands.length === 0 ? [] : [{ kind: 'commands', commands }];
      });
      return saved.ok ? ok(commands) : saved;
    },
    takeForPush: async (max, keepsBack) => {
      let chosen: ToPush = { commands: [], unmarked: [], nextAt: null, more: false };
      const saved = await append(() => {
        chosen = selectForPush(state, time.nowMs(), max, keepsBack, waits);
        return chosen.unmarked.map((mark) => ({ kind: 'sent', ...mark }));
      });
      return saved.ok ? ok(chosen) : saved;
    },
    recordOutcomes: (outcomes) =>
      append(() =>
        outcomes
          .filter(({ commandId }) => state.commands.get(commandId)?.outcome === null)
          .map((each) => ({
            kind: 'outcome',
            ...each,
            outcome: shownOutcome(state.commands.get(each.commandId), each.outcome),
          })),
      ),
    withdraw: async (commandId) => {
      let isWithdrawn = false;
      const saved = await append(() => {
        const kept = state.commands.get(commandId);
        isWithdrawn = kept?.sentAt === null && isPending(kept);
        return isWithdrawn ? [{ kind: 'withdrawn', commandId }] : [];
      }, true);
      return saved.ok ? ok(isWithdrawn) : saved;
    },
    noteSafe: (cursor) =>
      append(() => (isSame(state.safe, cursor) ? [] : [{ kind: 'safe', cursor }])),
    noteEpoch: (epoch) => append(() => (state.epoch === null ? [{ kind: 'life', epoch }] : [])),
    restore: (epoch, version) => append(() => [{ kind: 'restored', epoch, version }], true),
    strip: async (isGone) => {
      let records: NewRecord[] = [];
      const saved = await append(() => {
        records = strippedRecords(toStrip(state, isGone));
        return records;
      }, true);
      if (!saved.ok) return saved;
      // Not only marked as gone: what the outcomes said leaves the disk, or does with the next write.
      overfull ||= records.length > 0;
      if (overfull) await append(() => []);
      return ok(records.length > 0);
    },
    settle: (commandIds) => append(() => leaving(state, commandIds, 'settled')),
    dismiss: (commandIds) => append(() => leaving(state, commandIds, 'dismissed')),
    close: async () => {
      closed = true;
      await writing;
      // What was refused must not come back at the next start.
      if (distrusted) await putRight();
      await file.close();
    },
  };
}

/** As many as go together: one that must be alone goes alone. */
function nextGroup(queue: Job[]): Job[] {
  const at = queue.findIndex((job) => job.alone);
  return queue.splice(0, at === -1 ? queue.length : Math.max(1, at));
}

function leaving(
  state: JournalState,
  commandIds: readonly string[],
  kind: 'settled' | 'dismissed',
): NewRecord[] {
  return commandIds
    .filter((id) => {
      const kept = state.commands.get(id);
      return kept?.left === null && kept.outcome !== null;
    })
    .map((commandId) => ({ kind, commandId }));
}

/** Puts a new file that says what the state says in the place of the old one. */
async function writeAnew(
  file: JournalFile,
  state: JournalState,
  owner: JournalOwner,
  nowMs: number,
): Promise<void> {
  const { lastSeq, safe, epoch } = state;
  const header: NewRecord = { kind: 'header', owner, lastSeq, safe, epoch };
  const records = [header, ...liveRecords(state, nowMs)].map((record, index): JournalRecord => {
    return { ...record, n: state.nextNumber + index, at: nowMs };
  });
  await file.replace(Buffer.concat([encodeFileHeader(), ...records.map(encodeJournalRecord)]));
  // Only now: while the old file stands, its numbering goes on.
  for (const [id, kept] of state.commands) if (isDone(kept, nowMs, safe)) state.commands.delete(id);
  state.owner = owner;
  state.nextNumber += records.length;
}
