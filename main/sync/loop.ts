import { unreachable } from '../../shared/base/assert.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { Timers } from '../../shared/base/timers.ts';
import type { Result } from '../../shared/base/result.ts';
import type { SyncStatus } from '../../shared/bridge/sync-status.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { MAX_PAGE_VERSIONS } from '../../shared/protocol/pull.ts';
import { MAX_PUSH_COMMANDS } from '../../shared/protocol/push.ts';
import type { Journal } from '../journal/journal.ts';
import { settledBy } from '../journal/pending.ts';
import type { Log } from '../log.ts';
import type { PageStored, WatchTable } from '../watch/watch-table.ts';
import { isSame } from './cursors.ts';
import type { DeskClient, Page } from './desk-client.ts';
import { rowsOf } from './desk-client.ts';
import type { DeskClock } from './desk-clock.ts';
import type { DeskFault } from './desk-fault.ts';
import { initialSync, stepSync } from './machine.ts';
import type { SyncAnswer, SyncEffect, SyncEvent } from './machine.ts';
import { outcomesOf } from './push-answers.ts';
import type { ReplicaFeed } from './replica-feed.ts';
import { replicaFeed } from './replica-feed.ts';

export type SyncDeps = {
  client: DeskClient;
  journal: Journal;
  watch: WatchTable;
  clock: DeskClock;
  random: () => number;
  timers: Timers;
  log: Log;
  told: {
    status: () => void;
    commands: () => void;
    page: (stored: PageStored) => void;
    info: (info: DeskInfo) => void;
  };
};

export type SyncLoop = {
  start: () => void;
  /** Something may have changed: sync now unless the agent works offline. */
  wake: () => void;
  pause: (paused: boolean) => void;
  status: () => Pick<SyncStatus, 'connection' | 'reason' | 'sinceAt' | 'progress' | 'question'>;
  feed: ReplicaFeed;
  stop: () => void;
};

/** A clock that moved by so much is worth a line in the log. */
const WORTH_A_LINE_MS = 1_000;

/** Performs what the machine decides (S6). One effect at a time, so one request at a time. */
export function syncLoop(deps: SyncDeps): SyncLoop {
  const { client, journal, watch, clock, random, timers, log, told } = deps;
  const { owner } = journal;
  let state = initialSync(clock.nowMs());
  let clearTimer = (): void => undefined;
  let stream: AbortController | null = null;
  let stopped = false;
  let atLeast = highestOutcome(journal);
  let progress: SyncStatus['progress'] = null;

  const send = (event: SyncEvent): void => {
    if (stopped) return;
    const before = state;
    const step = stepSync(state, event, { nowMs: clock.nowMs(), random });
    state = step.state;
    if (before.connection !== state.connection) log.info(`sync: ${state.connection}`);
    if (before.connection !== state.connection || before.reason !== state.reason) told.status();
    for (const effect of step.effects) perform(effect);
  };

  const perform = (effect: SyncEffect): void => {
    switch (effect.kind) {
      case 'confirm':
        void report(effect.round, confirm());
        return;
      case 'pull':
        void report(effect.round, pullForWatch());
        return;
      case 'push':
        void report(effect.round, push());
        return;
      case 'open-stream':
        void openStream();
        return;
      case 'close-stream':
        stream?.abort();
        stream = null;
        return;
      case 'at-head':
        told.status();
        feed.serve();
        watch.saveTop().catch((thrown: unknown) => {
          log.warn(`watch: ${String(thrown)}`);
        });
        return;
      case 'set-timer':
        clearTimer();
        clearTimer = timers.after(effect.delayMs, () => {
          send({ kind: 'timer' });
        });
        return;
      case 'clear-timer':
        clearTimer();
        return;
      default:
        unreachable(effect);
    }
  };

  const report = async (
    round: number,
    work: Promise<Result<SyncAnswer, DeskFault>>,
  ): Promise<void> => {
    try {
      const result = await work;
      send(result.ok ? { ...result.value, round } : { kind: 'failed', fault: result.error, round });
    } catch (thrown) {
      log.error(`sync: ${String(thrown)}`);
      const fault: DeskFault = { kind: 'refused', message: 'Sync failed on this machine.' };
      send({ kind: 'failed', fault, round });
    }
  };

  const confirm = async (): Promise<Result<SyncAnswer, DeskFault>> => {
    const answer = await client.info();
    if (!answer.ok) return answer;
    const { info, askedMs } = answer.value;
    const fault = wrongDesk(info);
    if (fault !== null) return err(fault);
    measure(info.now, askedMs);
    watch.noteDesk({ demo: info.demo });
    told.info(info);
    return ok({ kind: 'confirmed' });
  };

  /**
   * Each answer that says the time is a measurement. A connection begins with three, this one and a pull before and
   * after the push, so none is asked for only to look at the clock.
   */
  const measure = (deskNowMs: number, askedMs: number): void => {
    const isFirst = !clock.isConfirmed();
    const { movedMs, errorMs } = clock.measure(deskNowMs, askedMs);
    watch.noteDesk(clock.facts());
    if (isFirst || Math.abs(movedMs) > WORTH_A_LINE_MS)
      log.info(`clock: moved by ${Math.round(movedMs)} ms, to within ${Math.ceil(errorMs)} ms`);
  };

  const wrongDesk = (info: DeskInfo): DeskFault | null => {
    if (info.deskId !== owner.deskId)
      return { kind: 'wrong-desk', message: 'This address now leads to another desk.' };
    if (info.agent.id !== owner.agentId)
      return { kind: 'wrong-desk', message: 'The desk knows this sign-in as another agent.' };
    const epoch = watch.meta().cursor?.epoch;
    if (epoch !== undefined && info.epoch !== epoch)
      return {
        kind: 'unknown-cursor',
        message: 'The desk was restored from a backup. Nothing is lost here; sync has stopped.',
      };
    if (info.protocol < PROTOCOL_VERSION)
      return { kind: 'refused', message: 'The desk is older than this console.' };
    return null;
  };

  const pull = (cursor: Cursor | null): Promise<Result<Page, DeskFault>> =>
    client.pull({
      protocol: PROTOCOL_VERSION,
      consoleId: owner.consoleId,
      cursor,
      limit: MAX_PAGE_VERSIONS,
      atLeast,
    });

  const pullForWatch = async (): Promise<Result<SyncAnswer, DeskFault>> => {
    const from = watch.meta().cursor;
    const page = await pull(from);
    if (!page.ok) return page;
    const { envelope } = page.value;
    if (envelope.deskId !== owner.deskId)
      return err({ kind: 'wrong-desk', message: 'The answer came from another desk.' });
    // Before its rows are read: that takes time, too.
    measure(envelope.now, page.value.askedMs);
    const rows = rowsOf(page.value);
    if (!rows.ok) return rows;
    const stored = await watch.storePage(envelope, rows.value);
    if (stored === null) {
      if (isSame(watch.meta().cursor, from))
        return err({
          kind: 'bad-answer',
          message: 'The desk sent another page than was asked for.',
        });
      // The table stands elsewhere by now: the next pull begins there.
      return ok({ kind: 'pulled', more: true });
    }
    progress = progressOf(progress, from, envelope);
    feed.offer(page.value);
    told.page(stored);
    await settle();
    return ok({ kind: 'pulled', more: envelope.more });
  };

  const push = async (): Promise<Result<SyncAnswer, DeskFault>> => {
    const nothing: SyncAnswer = { kind: 'pushed', more: false, nextAt: null, notYet: false };
    const taken = await journal.takeForPush(MAX_PUSH_COMMANDS);
    if (!taken.ok) return err({ kind: 'refused', message: taken.error.message });
    const { commands, nextAt, more } = taken.value;
    if (commands.length === 0) return ok({ ...nothing, nextAt });
    told.commands();
    const { consoleId, deskId } = owner;
    const answer = await client.push({ protocol: PROTOCOL_VERSION, consoleId, deskId, commands });
    if (!answer.ok) return answer;
    if (answer.value.deskId !== deskId)
      return err({ kind: 'wrong-desk', message: 'The answer came from another desk.' });
    const { outcomes, notYet } = outcomesOf(answer.value.answers, commands, answer.value);
    // Journalled before they are shown (S6).
    const saved = await journal.recordOutcomes(outcomes);
    if (!saved.ok) return err({ kind: 'refused', message: saved.error.message });
    atLeast = Math.max(atLeast, ...outcomes.map(({ outcome }) => outcome.version));
    told.commands();
    return ok({ kind: 'pushed', more: more && outcomes.length > 0, nextAt, notYet });
  };

  /** Accepted commands leave pending once both caches hold them (S4). */
  const settle = async (): Promise<void> => {
    const done = settledBy(
      journal.state,
      watch.meta().cursor?.version ?? 0,
      feed.confirmedVersion(),
    );
    if (done.length === 0) return;
    const saved = await journal.settle(done);
    if (saved.ok) told.commands();
    else log.warn(`journal: ${saved.error.message}`);
  };

  const openStream = async (): Promise<void> => {
    stream?.abort();
    const own = new AbortController();
    stream = own;
    await client.listen(own.signal, {
      poked: (version) => {
        if (version > (watch.meta().cursor?.version ?? 0)) send({ kind: 'wake' });
      },
    });
    // Ends the connection too where it was only silent.
    own.abort();
    if (stream === own) send({ kind: 'stream-ended' });
  };

  const feed = replicaFeed({
    pull,
    head: () => (state.atHead ? watch.meta().cursor : null),
    confirmed: () => {
      settle().catch((thrown: unknown) => {
        log.error(`journal: ${String(thrown)}`);
      });
    },
    warn: log.warn,
  });

  return {
    start: () => {
      send({ kind: 'start' });
    },
    wake: () => {
      send({ kind: 'wake' });
    },
    pause: (paused) => {
      send({ kind: 'pause', paused });
    },
    status: () => ({
      connection: state.connection,
      reason: state.reason,
      sinceAt: state.sinceAt,
      progress,
      question: null,
    }),
    feed,
    stop: () => {
      stopped = true;
      clearTimer();
      stream?.abort();
    },
  };
}

function highestOutcome(journal: Journal): number {
  let highest = 0;
  for (const { outcome } of journal.state.commands.values())
    highest = Math.max(highest, outcome?.version ?? 0);
  return highest;
}

function progressOf(
  before: SyncStatus['progress'],
  from: Cursor | null,
  envelope: Page['envelope'],
): SyncStatus['progress'] {
  if (!envelope.more) return null;
  const covered = envelope.cursor.version - (from?.version ?? 0);
  const done = (before?.done ?? 0) + covered;
  return {
    of: 'changes',
    done,
    total: done + Math.max(0, envelope.headVersion - envelope.cursor.version),
  };
}
