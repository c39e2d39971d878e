import { unreachable } from '../../shared/base/assert.ts';
import type { SyncStatus } from '../../shared/bridge/sync-status.ts';
import { backoffMs } from './backoff.ts';
import { consequence } from './desk-fault.ts';
import type { DeskFault } from './desk-fault.ts';

/**
 * Sync as a pure state machine (S6): state and event in, state and effects out. A round is: confirm the desk
 * (once for each connection), pull at most one page, push, pull to the head. Then it rests until something
 * wakes it, and pulls every 60 s anyway.
 */

export const PULL_EVERY_MS = 60_000;
/** Pushing again at once would meet the same `not-yet`: it waits so long, doubled each time. */
const NOT_YET_MS = 1_000;
const NOT_YET_MOST_MS = 15_000;
/** Between a round and the one that follows at once, so that a busy desk does not make it spin. */
const AGAIN_MS = 250;

export type Phase =
  | { kind: 'round'; step: 'confirm' | 'pull-one' | 'push' | 'pull-head' }
  | { kind: 'rest' }
  /** Another round follows at its timer; nothing makes it come sooner. */
  | { kind: 'gap' }
  /** Offline, until the timer. */
  | { kind: 'backoff' }
  | { kind: 'paused' }
  | { kind: 'signed-out' }
  | { kind: 'stopped' };

export type SyncState = {
  phase: Phase;
  /** Number of the round: answers of an earlier one are ignored. */
  round: number;
  /** The watch table had everything at the last pull: the replica may be served, also during a round (S13). */
  atHead: boolean;
  /** Confirmed since the last failure. */
  confirmed: boolean;
  /** The poke stream is open or being opened. */
  streaming: boolean;
  failures: number;
  /** Something came up during a round: another follows. */
  again: boolean;
  /** When a command that could not go now may go; null where none waits. */
  pushAgainAt: number | null;
  /** How many pushes in a row were answered with `not-yet`. */
  notYets: number;
  connection: SyncStatus['connection'];
  reason: string | null;
  sinceAt: number;
};

export type SyncEvent =
  | { kind: 'start' }
  /** A poke, `online`, resume, a new command, the agent's "sync now", a desk that came up. */
  | { kind: 'wake' }
  | { kind: 'timer' }
  | (SyncAnswer & { round: number })
  | { kind: 'stream-ended' }
  | { kind: 'pause'; paused: boolean };

/** What came of a round's step. */
export type SyncAnswer =
  | { kind: 'confirmed' }
  | { kind: 'pulled'; more: boolean }
  | { kind: 'pushed'; more: boolean; nextAt: number | null; notYet: boolean }
  | { kind: 'failed'; fault: DeskFault };

export type SyncEffect =
  | { kind: 'confirm' | 'pull' | 'push'; round: number }
  | { kind: 'open-stream' | 'close-stream' }
  /** The watch table is at the head: the replica may be served (S13). */
  | { kind: 'at-head' }
  /** Replaces the timer that is set. */
  | { kind: 'set-timer'; delayMs: number }
  | { kind: 'clear-timer' };

export type SyncContext = { nowMs: number; random: () => number };
export type Step = { state: SyncState; effects: SyncEffect[] };

export function initialSync(nowMs: number): SyncState {
  return {
    phase: { kind: 'backoff' },
    round: 0,
    atHead: false,
    confirmed: false,
    streaming: false,
    failures: 0,
    again: false,
    pushAgainAt: null,
    notYets: 0,
    connection: 'connecting',
    reason: null,
    sinceAt: nowMs,
  };
}

export function stepSync(state: SyncState, event: SyncEvent, context: SyncContext): Step {
  // An answer to a round that was broken off (paused, stopped) says nothing about this one.
  if ('round' in event && event.round !== state.round) return stay(state);
  switch (event.kind) {
    case 'start':
      return state.phase.kind === 'backoff' ? beginRound(state) : stay(state);
    case 'wake':
      return wake(state);
    case 'timer':
      return isWaiting(state) ? beginRound(state) : stay(state);
    case 'confirmed':
      return inRound(state, 'confirm', () => online(toStep(state, 'pull-one', 'pull'), context));
    case 'pulled':
      return pulled(state, event.more, context);
    case 'pushed':
      return inRound(state, 'push', () => pushed(state, event, context));
    case 'failed':
      return failed(state, event.fault, context);
    case 'stream-ended':
      return streamEnded(state, context);
    case 'pause':
      return pause(state, event.paused, context);
    default:
      return unreachable(event);
  }
}

function isWaiting({ phase }: SyncState): boolean {
  return phase.kind === 'rest' || phase.kind === 'gap' || phase.kind === 'backoff';
}

function stay(state: SyncState): Step {
  return { state, effects: [] };
}

function beginRound(state: SyncState): Step {
  const next = { ...state, again: false, round: state.round + 1 };
  const begun = state.confirmed
    ? toStep(next, 'pull-one', 'pull')
    : toStep(next, 'confirm', 'confirm');
  return { state: begun.state, effects: [{ kind: 'clear-timer' }, ...begun.effects] };
}

type RoundStep = Extract<Phase, { kind: 'round' }>['step'];

function toStep(state: SyncState, step: RoundStep, effect: 'confirm' | 'pull' | 'push'): Step {
  return {
    state: { ...state, phase: { kind: 'round', step } },
    effects: [{ kind: effect, round: state.round }],
  };
}

/** Answers that come after the round has ended (paused, stopped) change nothing. */
function inRound(state: SyncState, step: RoundStep, next: () => Step): Step {
  return state.phase.kind === 'round' && state.phase.step === step ? next() : stay(state);
}

function wake(state: SyncState): Step {
  switch (state.phase.kind) {
    case 'rest':
    case 'backoff':
      return beginRound(state);
    case 'round':
      return stay({ ...state, again: true });
    case 'signed-out':
      // A new token may be there: ask again.
      return beginRound({ ...state, confirmed: false });
    case 'gap':
    case 'paused':
    case 'stopped':
      return stay(state);
    default:
      return unreachable(state.phase);
  }
}

function online(step: Step, { nowMs }: SyncContext): Step {
  const opens: SyncEffect[] = step.state.streaming ? [] : [{ kind: 'open-stream' }];
  return {
    state: {
      ...step.state,
      confirmed: true,
      streaming: true,
      failures: 0,
      ...connection(step.state, 'online', null, nowMs),
    },
    effects: [...step.effects, ...opens],
  };
}

function pulled(state: SyncState, more: boolean, context: SyncContext): Step {
  if (state.phase.kind !== 'round') return stay(state);
  const next = { ...state, atHead: !more };
  if (state.phase.step === 'pull-one') return toStep(next, 'push', 'push');
  if (state.phase.step !== 'pull-head') return stay(state);
  if (more) return toStep(next, 'pull-head', 'pull');
  const rested = rest(next, context);
  return { state: rested.state, effects: [{ kind: 'at-head' }, ...rested.effects] };
}

function pushed(
  state: SyncState,
  event: Extract<SyncEvent, { kind: 'pushed' }>,
  { nowMs }: SyncContext,
): Step {
  if (event.more) return toStep(state, 'push', 'push');
  const notYets = event.notYet ? state.notYets + 1 : 0;
  const notYetMs = Math.min(NOT_YET_MOST_MS, NOT_YET_MS * 2 ** Math.min(notYets - 1, 10));
  const waits = [event.notYet ? nowMs + notYetMs : null, event.nextAt];
  const earliest = waits.filter((each) => each !== null);
  const pushAgainAt = earliest.length === 0 ? null : Math.min(...earliest);
  return toStep({ ...state, pushAgainAt, notYets }, 'pull-head', 'pull');
}

function rest(state: SyncState, { nowMs, random }: SyncContext): Step {
  if (state.again)
    return {
      state: { ...state, phase: { kind: 'gap' } },
      effects: [{ kind: 'set-timer', delayMs: AGAIN_MS }],
    };
  const delays = [
    // Without a stream nothing wakes it, so it soon tries for another one.
    state.streaming ? PULL_EVERY_MS : backoffMs(1, random),
    state.pushAgainAt === null ? PULL_EVERY_MS : Math.max(0, state.pushAgainAt - nowMs),
  ];
  return {
    state: { ...state, phase: { kind: 'rest' } },
    effects: [{ kind: 'set-timer', delayMs: Math.min(...delays) }],
  };
}

function failed(state: SyncState, fault: DeskFault, context: SyncContext): Step {
  if (state.phase.kind !== 'round') return stay(state);
  const failures = state.failures + 1;
  const base = {
    ...state,
    atHead: false,
    confirmed: false,
    streaming: false,
    failures,
    again: false,
  };
  const closing: SyncEffect[] = state.streaming ? [{ kind: 'close-stream' }] : [];
  const what = consequence(fault);
  if (what === 'retry') {
    const delayMs = backoffMs(failures, context.random);
    // A desk of our own that has not come up yet is no reason to say offline.
    const isStarting = fault.kind === 'no-address' && state.connection === 'connecting';
    const next = isStarting ? 'connecting' : 'offline';
    return {
      state: {
        ...base,
        phase: { kind: 'backoff' },
        ...connection(state, next, fault.message, context.nowMs),
      },
      effects: [...closing, { kind: 'set-timer', delayMs }],
    };
  }
  const ended = {
    ...base,
    phase: { kind: what },
    ...connection(state, what, fault.message, context.nowMs),
  };
  const effects: SyncEffect[] = [...closing, { kind: 'clear-timer' }];
  // Woken while the desk looked at the old token: there may be a new one, and nothing will wake it again.
  if (what !== 'signed-out' || !state.again) return { state: ended, effects };
  const again = beginRound(ended);
  return { state: again.state, effects: [...effects, ...again.effects] };
}

/** A dead stream says that the desk may be gone: it is confirmed anew, soon but not at once, lest it spin. */
function streamEnded(state: SyncState, { random }: SyncContext): Step {
  if (!state.streaming) return stay(state);
  const next = { ...state, streaming: false, confirmed: false };
  if (state.phase.kind !== 'rest') return stay(next);
  return { state: next, effects: [{ kind: 'set-timer', delayMs: backoffMs(1, random) }] };
}

function pause(state: SyncState, paused: boolean, { nowMs }: SyncContext): Step {
  if (!paused) {
    if (state.phase.kind !== 'paused') return stay(state);
    return beginRound({ ...state, failures: 0, ...connection(state, 'connecting', null, nowMs) });
  }
  if (state.phase.kind === 'stopped' || state.phase.kind === 'paused') return stay(state);
  return {
    state: {
      ...state,
      phase: { kind: 'paused' },
      atHead: false,
      confirmed: false,
      streaming: false,
      again: false,
      ...connection(state, 'paused', 'You work offline.', nowMs),
    },
    effects: [{ kind: 'clear-timer' }, { kind: 'close-stream' }],
  };
}

/** `sinceAt` moves only when the connection becomes another one. */
function connection(
  state: SyncState,
  next: SyncStatus['connection'],
  reason: string | null,
  nowMs: number,
): Pick<SyncState, 'connection' | 'reason' | 'sinceAt'> {
  return {
    connection: next,
    reason,
    sinceAt: state.connection === next ? state.sinceAt : nowMs,
  };
}
