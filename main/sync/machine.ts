import { unreachable } from '../../shared/base/assert.ts';
import type { SyncQuestion, SyncStatus } from '../../shared/bridge/sync-status.ts';
import { backoffMs } from './backoff.ts';
import { consequence } from './desk-fault.ts';
import type { DeskFault } from './desk-fault.ts';
import type {
  RoundStep,
  Step,
  SyncContext,
  SyncEffect,
  SyncEvent,
  SyncState,
} from './machine-state.ts';

/**
 * Sync as a pure state machine (S6): state and event in, state and effects out. A round is: confirm the desk
 * (once for each connection), pull at most one page, push, pull to the head, fetch what a list named (S8). Then it
 * rests until something wakes it, and pulls every 60 s anyway.
 */

export const PULL_EVERY_MS = 60_000;
/** Pushing again at once would meet the same `not-yet`: it waits so long, doubled each time. */
const NOT_YET_MS = 1_000;
const NOT_YET_MOST_MS = 15_000;
/** Between a round and the one that follows at once, so that a busy desk does not make it spin. */
const AGAIN_MS = 250;

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
      return inRound(state, 'confirm', () => online(toStep(state, 'pull-one'), context));
    case 'pulled':
      return pulled(state, event, context);
    case 'pushed':
      return inRound(state, 'push', () => pushed(state, event, context));
    case 'fetched':
      return inRound(state, 'fetch', () => fetched(state, event.wanting, context));
    case 'restored':
      return inRound(state, 'restore', () => beginRound(state));
    case 'asked':
    case 'asks':
      return ask(state, event.question, context);
    case 'yes':
      return accepted(state, event.question, context);
    case 'failed':
      return failed(state, event.fault, context);
    case 'stream-ended':
      return streamEnded(state, context);
    case 'pause':
      return pause(state, event.paused, context);
    case 'signed-in':
      return signedIn(state);
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
  const begun = toStep(next, state.confirmed ? 'pull-one' : 'confirm');
  return { state: begun.state, effects: [{ kind: 'clear-timer' }, ...begun.effects] };
}

const effectOf = {
  confirm: 'confirm',
  'pull-one': 'pull',
  push: 'push',
  'pull-head': 'pull',
  fetch: 'fetch',
  restore: 'restore',
} as const;

function toStep(state: SyncState, step: RoundStep): Step {
  return {
    state: { ...state, phase: { kind: 'round', step } },
    effects: [{ kind: effectOf[step], round: state.round }],
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
    case 'revoked':
    case 'stopped':
      return stay(state);
    default:
      return unreachable(state.phase);
  }
}

/** Whatever goes on with the old token, the new one is confirmed first (S9). A question still has to be answered. */
function signedIn(state: SyncState): Step {
  if (state.phase.kind === 'paused' || state.question !== null) return stay(state);
  const begun = beginRound({ ...state, ...away, failures: 0 });
  return { state: begun.state, effects: [...closing(state), ...begun.effects] };
}

/** What no longer holds once the connection is given up. */
const away = {
  atHead: false,
  fetched: false,
  confirmed: false,
  streaming: false,
  again: false,
} as const;

function closing(state: SyncState): SyncEffect[] {
  return state.streaming ? [{ kind: 'close-stream' }] : [];
}

function online(step: Step, { nowMs }: SyncContext): Step {
  const opens: SyncEffect[] = step.state.streaming ? [] : [{ kind: 'open-stream' }];
  return {
    state: {
      ...step.state,
      confirmed: true,
      locked: false,
      streaming: true,
      failures: 0,
      ...connection(step.state, 'online', null, nowMs),
    },
    effects: [...step.effects, ...opens],
  };
}

function pulled(
  state: SyncState,
  { more, wanting }: Extract<SyncEvent, { kind: 'pulled' }>,
  context: SyncContext,
): Step {
  if (state.phase.kind !== 'round') return stay(state);
  const next = { ...state, atHead: !more, wanting };
  if (state.phase.step === 'pull-one') return toStep(next, 'push');
  if (state.phase.step !== 'pull-head') return stay(state);
  if (more) return toStep(next, 'pull-head');
  if (!wanting) return serving(rest(next, context));
  const fetching = toStep(next, 'fetch');
  return next.fetched ? serving(fetching) : fetching;
}

function serving(step: Step): Step {
  return { state: step.state, effects: [{ kind: 'serve' }, ...step.effects] };
}

/** Some of the wanted rows are stored. What the agent does meanwhile goes out between them (S8). */
function fetched(state: SyncState, wanting: boolean, context: SyncContext): Step {
  const next = { ...state, wanting, fetched: true };
  if (!wanting) return serving(rest(next, context));
  const isDue = next.pushAgainAt !== null && next.pushAgainAt <= context.nowMs;
  if (!next.again && !isDue) return serving(toStep(next, 'fetch'));
  return serving(toStep({ ...next, again: false }, 'push'));
}

function pushed(
  state: SyncState,
  event: Extract<SyncEvent, { kind: 'pushed' }>,
  { nowMs }: SyncContext,
): Step {
  if (event.more) return toStep(state, 'push');
  const notYets = event.notYet ? state.notYets + 1 : 0;
  const notYetMs = Math.min(NOT_YET_MOST_MS, NOT_YET_MS * 2 ** Math.min(notYets - 1, 10));
  const waits = [event.notYet ? nowMs + notYetMs : null, event.nextAt];
  const earliest = waits.filter((each) => each !== null);
  const pushAgainAt = earliest.length === 0 ? null : Math.min(...earliest);
  return toStep({ ...state, pushAgainAt, notYets }, 'pull-head');
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
  const base = { ...state, ...away, failures: state.failures + 1 };
  const what = consequence(fault);
  if (what !== 'retry') return ended(state, base, fault, context);
  // The agent's yes is not done yet: it can be said again.
  if (state.phase.step === 'restore')
    return stop(base, { kind: 'restored' }, fault.message, context);
  // Nothing may be shown of a desk that took the sign-in away, and nothing is lost by asking only at the next start.
  if (state.locked) return lockedAway(base, context);
  // A desk of our own that has not come up yet is no reason to say offline.
  const isStarting = fault.kind === 'no-address' && state.connection === 'connecting';
  const next = isStarting ? 'connecting' : 'offline';
  return {
    state: {
      ...base,
      phase: { kind: 'backoff' },
      ...connection(state, next, fault.message, context.nowMs),
    },
    effects: [
      ...closing(state),
      { kind: 'set-timer', delayMs: backoffMs(base.failures, context.random) },
    ],
  };
}

/** A fault that time does not mend. */
function ended(before: SyncState, base: SyncState, fault: DeskFault, context: SyncContext): Step {
  const what = consequence(fault);
  if (what === 'stopped' || what === 'retry') {
    const question: SyncQuestion | null =
      fault.kind === 'unknown-cursor' ? { kind: 'restored' } : null;
    const reason = question === null ? fault.message : questionWords(question);
    return stop({ ...base, streaming: before.streaming }, question, reason, context);
  }
  const state: SyncState = {
    ...base,
    phase: { kind: what },
    locked: base.locked || what === 'revoked',
    ...connection(before, what, fault.message, context.nowMs),
  };
  const effects: SyncEffect[] = [...closing(before), { kind: 'clear-timer' }];
  if (what === 'revoked') effects.push({ kind: 'lock' });
  // Woken while the desk looked at the old token: there may be a new one, and nothing will wake it again.
  if (what !== 'signed-out' || !before.again) return { state, effects };
  const again = beginRound(state);
  return { state: again.state, effects: [...effects, ...again.effects] };
}

function lockedAway(state: SyncState, { nowMs }: SyncContext): Step {
  return {
    state: {
      ...state,
      phase: { kind: 'revoked' },
      ...connection(state, 'revoked', state.reason, nowMs),
    },
    effects: [{ kind: 'clear-timer' }],
  };
}

/** Nothing goes on until the agent has said something, or the program is another (S7, S11). */
function stop(
  state: SyncState,
  question: SyncQuestion | null,
  reason: string | null,
  { nowMs }: SyncContext,
): Step {
  return {
    state: {
      ...state,
      ...away,
      phase: { kind: 'stopped' },
      question,
      ...connection(state, 'stopped', reason, nowMs),
    },
    effects: [...closing(state), { kind: 'clear-timer' }],
  };
}

/** Nothing is taken from the agent unasked (S7). */
function ask(state: SyncState, question: SyncQuestion, context: SyncContext): Step {
  switch (state.phase.kind) {
    case 'round':
    case 'rest':
    case 'gap':
    case 'backoff':
      return stop(state, question, questionWords(question), context);
    case 'paused':
    case 'signed-out':
    case 'revoked':
    case 'stopped':
      // It is asked again when the list comes again.
      return stay(state);
    default:
      return unreachable(state.phase);
  }
}

function questionWords(question: SyncQuestion): string {
  switch (question.kind) {
    case 'restored':
      return 'The desk was restored from a backup. Nothing is lost here; sync waits for your answer.';
    case 'short-list':
      return `The desk now lists ${question.removing} tickets fewer than are kept here, and does not say why.`;
    default:
      return unreachable(question);
  }
}

function accepted(state: SyncState, kind: SyncQuestion['kind'], { nowMs }: SyncContext): Step {
  if (state.phase.kind !== 'stopped' || state.question?.kind !== kind) return stay(state);
  const next = {
    ...state,
    question: null,
    failures: 0,
    ...connection(state, 'connecting', null, nowMs),
  };
  if (kind === 'restored') return toStep({ ...next, round: state.round + 1 }, 'restore');
  const begun = beginRound(next);
  return { state: begun.state, effects: [{ kind: 'accept-list' }, ...begun.effects] };
}

/** A dead stream says that the desk may be gone: it is confirmed anew, soon but not at once, lest it spin. */
function streamEnded(state: SyncState, { random }: SyncContext): Step {
  if (!state.streaming) return stay(state);
  const next = { ...state, streaming: false, confirmed: false };
  if (state.phase.kind !== 'rest') return stay(next);
  return { state: next, effects: [{ kind: 'set-timer', delayMs: backoffMs(1, random) }] };
}

function pause(state: SyncState, paused: boolean, { nowMs }: SyncContext): Step {
  const { kind } = state.phase;
  if (!paused) {
    if (kind !== 'paused') return stay(state);
    const next = state.locked ? 'revoked' : 'connecting';
    return beginRound({ ...state, failures: 0, ...connection(state, next, null, nowMs) });
  }
  if (kind === 'stopped' || kind === 'paused' || kind === 'revoked') return stay(state);
  return {
    state: {
      ...state,
      ...away,
      phase: { kind: 'paused' },
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
