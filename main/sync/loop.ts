import { unreachable } from '../../shared/base/assert.ts';
import type { Result } from '../../shared/base/result.ts';
import type { SyncQuestion, SyncStatus } from '../../shared/bridge/sync-status.ts';
import { settledBy } from '../journal/pending.ts';
import { backoffMs } from './backoff.ts';
import type { DeskFault } from './desk-fault.ts';
import { initialSync, mayServe } from './machine-state.ts';
import type { SyncAnswer, SyncEffect, SyncEvent } from './machine-state.ts';
import { stepSync } from './machine.ts';
import type { ReplicaFeed } from './replica-feed.ts';
import { replicaFeed } from './replica-feed.ts';
import { roundSteps } from './round-steps.ts';
import type { SyncDeps } from './sync-deps.ts';
import { shownProgress } from './shown-progress.ts';

export type SyncLoop = {
  start: () => void;
  /** Something may have changed: sync now unless the agent works offline. */
  wake: () => void;
  pause: (paused: boolean) => void;
  /** There is another token: it is confirmed first (S9). */
  signedIn: () => void;
  /** The agent's answer to the question in the status. After a no all stays as it is (S7). */
  answer: (question: SyncQuestion['kind'], yes: boolean) => void;
  status: () => Pick<SyncStatus, 'connection' | 'reason' | 'sinceAt' | 'progress' | 'question'>;
  feed: ReplicaFeed;
  stop: () => void;
};

/** Performs what the machine decides (S6). One effect at a time, so one request at a time. */
export function syncLoop(deps: SyncDeps): SyncLoop {
  const { client, journal, watch, clock, uploads, random, timers, log, told } = deps;
  let state = initialSync(clock.nowMs(), watch.meta().revoked);
  let clearTimer = (): void => undefined;
  let stream: AbortController | null = null;
  let stopped = false;

  const send = (event: SyncEvent): void => {
    if (stopped) return;
    const before = state;
    const step = stepSync(state, event, { nowMs: clock.nowMs(), random });
    state = step.state;
    if (before.locked && !state.locked) feed.lock(false);
    if (before.connection !== state.connection) log.info(`sync: ${state.connection}`);
    if (
      before.connection !== state.connection ||
      before.reason !== state.reason ||
      before.question !== state.question
    )
      told.status();
    for (const effect of step.effects) perform(effect);
  };

  const perform = (effect: SyncEffect): void => {
    switch (effect.kind) {
      case 'confirm':
      case 'pull':
      case 'push':
      case 'fetch':
        void report(effect.round, steps[effect.kind]());
        return;
      case 'restore':
        void report(effect.round, restore());
        return;
      case 'open-stream':
        void openStream();
        return;
      case 'close-stream':
        stream?.abort();
        stream = null;
        return;
      case 'serve':
        told.status();
        feed.serve();
        inBackground('watch', watch.saveTop());
        return;
      case 'accept-list':
        steps.acceptList();
        feed.accept();
        return;
      case 'lock':
        feed.lock(true);
        inBackground('watch', watch.revoke().then(told.dropped));
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

  const inBackground = (what: string, work: Promise<unknown>): void => {
    work.catch((thrown: unknown) => {
      log.error(`${what}: ${String(thrown)}`);
    });
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

  const restore = async (): Promise<Result<SyncAnswer, DeskFault>> => {
    const restored = await steps.restore();
    if (!restored.ok) return restored;
    feed.reset();
    told.dropped?.();
    return restored;
  };

  /** Accepted commands leave pending once both caches hold them (S4). */
  const settle = async (): Promise<void> => {
    const version = watch.meta().cursor?.version ?? 0;
    const done = settledBy(journal.state, version, feed.confirmedVersion(), watch.isWanted);
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

  const steps = roundSteps(deps, {
    stored: (page) => {
      feed.offer(page);
    },
    settle,
  });

  const feed = replicaFeed({
    pull: steps.pullPage,
    fetchById: steps.fetchById,
    head: () => (mayServe(state) && !stopped ? watch.meta().cursor : null),
    confirmed: () => {
      inBackground('journal', settle());
      told.status();
    },
    asks: (removing, held) => {
      send({ kind: 'asks', question: { kind: 'short-list', removing, held } });
    },
    doubts: () => {
      send({ kind: 'wake' });
    },
    retry: (failures, step) => {
      timers.after(backoffMs(failures, random), step);
    },
    warn: log.warn,
  });
  feed.lock(state.locked);

  return {
    start: () => {
      send({ kind: 'start' });
    },
    wake: () => {
      send({ kind: 'wake' });
    },
    pause: (paused) => {
      if (paused) uploads?.stop();
      send({ kind: 'pause', paused });
    },
    signedIn: () => {
      send({ kind: 'signed-in' });
    },
    answer: (question, yes) => {
      if (yes) send({ kind: 'yes', question });
    },
    status: () => ({
      connection: state.connection,
      reason: state.reason,
      sinceAt: state.sinceAt,
      progress: shownProgress(steps.progress(), watch.wanted(), feed.progress()),
      question: state.question,
    }),
    feed,
    stop: () => {
      stopped = true;
      uploads?.stop();
      clearTimer();
      stream?.abort();
    },
  };
}
