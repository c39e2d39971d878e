import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';
import type { DeskFault } from './desk-fault.ts';
import { initialSync, mayServe } from './machine-state.ts';
import type { SyncAnswer, SyncEffect, SyncEvent, SyncState } from './machine-state.ts';
import { PULL_EVERY_MS, stepSync } from './machine.ts';

/** An event whose answer, if it is one, belongs to the round that is on. */
type Given = Exclude<SyncEvent, { round: number }> | SyncAnswer;
const inRound = (event: Given, round: number): SyncEvent =>
  event.kind === 'confirmed' ||
  event.kind === 'pulled' ||
  event.kind === 'pushed' ||
  event.kind === 'fetched' ||
  event.kind === 'restored' ||
  event.kind === 'asked' ||
  event.kind === 'failed'
    ? { ...event, round }
    : event;

const context = { nowMs: 5_000, random: () => 0.5 };
const away: DeskFault = { kind: 'unreachable', message: 'The desk cannot be reached.' };
const pulled = (more: boolean, wanting = false): SyncAnswer => ({ kind: 'pulled', more, wanting });
const nothing: SyncAnswer = { kind: 'pushed', more: false, nextAt: null, notYet: false };

function run(events: readonly Given[], from = initialSync(0)) {
  let state: SyncState = from;
  const effects: SyncEffect[] = [];
  for (const event of events) {
    const step = stepSync(state, inRound(event, state.round), context);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects, kinds: effects.map(({ kind }) => kind) };
}

const wholeRound: Given[] = [
  { kind: 'start' },
  { kind: 'confirmed' },
  pulled(false),
  nothing,
  pulled(false),
];

describe('[S6] the sync machine', () => {
  test('confirms, pulls at most one page, pushes, then pulls to the head', () => {
    const { kinds, state } = run([
      { kind: 'start' },
      { kind: 'confirmed' },
      pulled(true),
      { kind: 'pushed', more: true, nextAt: null, notYet: false },
      nothing,
      pulled(true),
      pulled(true),
      pulled(false),
    ]);
    expect(kinds).toEqual([
      'clear-timer',
      'confirm',
      'pull',
      'open-stream',
      'push',
      'push',
      'pull',
      'pull',
      'pull',
      'serve',
      'set-timer',
    ]);
    expect(state).toMatchObject({ connection: 'online', phase: { kind: 'rest' } });
  });

  test('pulls every 60 s anyway, without confirming again', () => {
    const rested = run(wholeRound);
    expect(rested.effects.at(-1)).toEqual({ kind: 'set-timer', delayMs: PULL_EVERY_MS });
    expect(run([{ kind: 'timer' }], rested.state).kinds).toEqual(['clear-timer', 'pull']);
  });

  test('a poke during a round makes another follow soon, and a busy desk does not make it spin', () => {
    const events: Given[] = [...wholeRound.slice(0, 4), { kind: 'wake' }, ...wholeRound.slice(4)];
    const gap = run(events);
    expect(gap.effects.at(-1)).toEqual({ kind: 'set-timer', delayMs: 250 });
    expect(run([{ kind: 'wake' }, { kind: 'wake' }], gap.state).kinds).toEqual([]);
    expect(run([{ kind: 'timer' }], gap.state).state.phase).toEqual({
      kind: 'round',
      step: 'pull-one',
    });
  });

  test('[S13] at the head it stays there through rounds that find nothing, until it falls behind', () => {
    const rested = run(wholeRound).state;
    expect(rested.atHead).toBe(true);
    const within = run([{ kind: 'timer' }], rested).state;
    expect(within).toMatchObject({ phase: { kind: 'round' }, atHead: true });
    expect(run([pulled(true)], within).state.atHead).toBe(false);
    expect(run([{ kind: 'failed', fault: away }], within).state.atHead).toBe(false);
    expect(run([{ kind: 'pause', paused: true }], within).state.atHead).toBe(false);
  });

  test('[S9] a new token that came while the desk refused the old one is tried', () => {
    const fault: DeskFault = { kind: 'signed-out', message: 'The sign-in is not known.' };
    const left = run([{ kind: 'start' }, { kind: 'failed', fault }]);
    expect(left.state).toMatchObject({ phase: { kind: 'signed-out' }, connection: 'signed-out' });
    const woken = run([{ kind: 'start' }, { kind: 'wake' }, { kind: 'failed', fault }]);
    expect(woken.state.phase).toEqual({ kind: 'round', step: 'confirm' });
    expect(woken.effects.at(-1)).toEqual({ kind: 'confirm', round: 2 });
    expect(run([{ kind: 'failed', fault }], woken.state).state.phase).toEqual({
      kind: 'signed-out',
    });
  });

  test('answers of a round that was broken off are ignored in the next', () => {
    const first = run([{ kind: 'start' }]);
    const second = run(
      [
        { kind: 'pause', paused: true },
        { kind: 'pause', paused: false },
      ],
      first.state,
    );
    const asked = second.effects.find(({ kind }) => kind === 'confirm');
    const round = asked !== undefined && 'round' in asked ? asked.round : -1;
    const late = stepSync(second.state, { kind: 'confirmed', round: round - 1 }, context);
    expect(late).toEqual({ state: second.state, effects: [] });
    const lost = { kind: 'failed' as const, fault: away, round: round - 1 };
    expect(stepSync(second.state, lost, context).state).toBe(second.state);
    expect(stepSync(second.state, { kind: 'confirmed', round }, context).state.connection).toBe(
      'online',
    );
  });

  test('[S2] `not-yet` again and again is pushed after 1 s, doubled to 15 s', () => {
    let { state } = run(wholeRound);
    const delays: unknown[] = [];
    for (let n = 0; n < 6; n += 1) {
      const round = run(
        [
          { kind: 'timer' },
          pulled(false),
          { kind: 'pushed', more: false, nextAt: null, notYet: true },
          pulled(false),
        ],
        state,
      );
      delays.push(round.effects.at(-1));
      ({ state } = round);
    }
    expect(delays).toEqual(
      [1_000, 2_000, 4_000, 8_000, 15_000, 15_000].map((delayMs) => ({
        kind: 'set-timer',
        delayMs,
      })),
    );
  });

  test('a failure shows offline with its words, closes the stream and confirms the desk anew', () => {
    const failed = run([{ kind: 'timer' }, { kind: 'failed', fault: away }], run(wholeRound).state);
    expect(failed.state).toMatchObject({
      connection: 'offline',
      reason: away.message,
      confirmed: false,
      sinceAt: 5_000,
    });
    expect(failed.kinds).toContain('close-stream');
    expect(failed.effects.at(-1)).toEqual({ kind: 'set-timer', delayMs: 500 });
    expect(run([{ kind: 'timer' }], failed.state).kinds).toEqual(['clear-timer', 'confirm']);
  });

  test('waits from 1 s to 15 s with full jitter', () => {
    expect([1, 2, 3, 4, 5, 20].map((failures) => backoffMs(failures, () => 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
    ]);
    expect(backoffMs(9, () => 0)).toBeLessThan(1_000);
  });

  test('[S2] `not-yet` is pushed again soon, a waiting command at its instant', () => {
    const upTo = wholeRound.slice(0, 3);
    const soon = run([
      ...upTo,
      { kind: 'pushed', more: false, nextAt: null, notYet: true },
      pulled(false),
    ]);
    expect(soon.effects.at(-1)).toEqual({ kind: 'set-timer', delayMs: 1_000 });
    const later = run([
      ...upTo,
      { kind: 'pushed', more: false, nextAt: 9_000, notYet: false },
      pulled(false),
    ]);
    expect(later.effects.at(-1)).toEqual({ kind: 'set-timer', delayMs: 4_000 });
  });

  test('[S9] a sign-in that is not taken waits for another one; work goes on', () => {
    const fault: DeskFault = { kind: 'signed-out', message: 'Sign in again.' };
    const out = run([{ kind: 'start' }, { kind: 'failed', fault }]);
    expect(out.state.connection).toBe('signed-out');
    expect(run([{ kind: 'timer' }], out.state).kinds).toEqual([]);
    expect(run([{ kind: 'wake' }], out.state).kinds).toEqual(['clear-timer', 'confirm']);
  });

  test('[S7] another epoch stops sync until the agent decides', () => {
    const fault: DeskFault = { kind: 'unknown-cursor', message: 'Restored.' };
    const stopped = run([{ kind: 'start' }, { kind: 'failed', fault }]);
    expect(stopped.state.connection).toBe('stopped');
    for (const kind of ['wake', 'timer', 'start'] as const)
      expect(run([{ kind }], stopped.state).kinds).toEqual([]);
  });

  test('[S7] the agent says yes to a restored desk: journal and caches first, then a new connection', () => {
    const fault: DeskFault = { kind: 'unknown-cursor', message: 'The cursor is of another epoch.' };
    const stopped = run([{ kind: 'start' }, { kind: 'failed', fault }]).state;
    expect(stopped.question).toEqual({ kind: 'restored' });
    expect(run([{ kind: 'yes', question: 'short-list' }], stopped).kinds).toEqual([]);
    const restoring = run([{ kind: 'yes', question: 'restored' }], stopped);
    expect(restoring.kinds).toEqual(['restore']);
    expect(restoring.state).toMatchObject({ connection: 'connecting', question: null });
    expect(run([{ kind: 'restored' }], restoring.state).kinds).toEqual(['clear-timer', 'confirm']);
    // The desk is away: the yes can be said again.
    const failed = run([{ kind: 'failed', fault: away }], restoring.state);
    expect(failed.state).toMatchObject({
      connection: 'stopped',
      reason: away.message,
      question: { kind: 'restored' },
    });
    expect(run([{ kind: 'yes', question: 'restored' }], failed.state).kinds).toEqual(['restore']);
  });

  test.each(['watch', 'replica'])('[S7] a short list of the %s stops and asks', (whose) => {
    const question = { kind: 'short-list' as const, removing: 60, held: 100 };
    const asked: Given[] =
      whose === 'watch'
        ? [{ kind: 'timer' }, { kind: 'asked', question }]
        : [{ kind: 'asks', question }];
    const stopped = run(asked, run(wholeRound).state);
    expect(stopped.state).toMatchObject({ connection: 'stopped', question, confirmed: false });
    expect(stopped.kinds.slice(-2)).toEqual(['close-stream', 'clear-timer']);
    expect(run([{ kind: 'wake' }], stopped.state).kinds).toEqual([]);
    const going = run([{ kind: 'yes', question: 'short-list' }], stopped.state);
    expect(going.kinds).toEqual(['accept-list', 'clear-timer', 'confirm']);
    expect(going.state.question).toBeNull();
  });

  test('[S9] revoked: what the desk gave is deleted, and nothing but a sign-in makes it go on', () => {
    const fault: DeskFault = { kind: 'revoked', message: 'The sign-in was taken away.' };
    const revoked = run([{ kind: 'timer' }, { kind: 'failed', fault }], run(wholeRound).state);
    expect(revoked.kinds.slice(-3)).toEqual(['close-stream', 'clear-timer', 'lock']);
    expect(revoked.state).toMatchObject({ connection: 'revoked', locked: true });
    for (const kind of ['wake', 'timer', 'start'] as const)
      expect(run([{ kind }], revoked.state).kinds).toEqual([]);
    const signing = run([{ kind: 'signed-in' }], revoked.state);
    expect(signing.kinds).toEqual(['clear-timer', 'confirm']);
    expect(run([{ kind: 'failed', fault: away }], signing.state).state).toMatchObject({
      connection: 'revoked',
      locked: true,
    });
    expect(run([{ kind: 'confirmed' }], signing.state).state).toMatchObject({
      connection: 'online',
      locked: false,
    });
  });

  test('[S9] revoked in an earlier run: the desk is asked once at the start, and nothing is shown meanwhile', () => {
    const started = run([{ kind: 'start' }], initialSync(0, true));
    expect(started.kinds).toEqual(['clear-timer', 'confirm']);
    expect(started.state.connection).toBe('revoked');
    const failed = run([{ kind: 'failed', fault: away }], started.state);
    expect(failed.state).toMatchObject({ phase: { kind: 'revoked' }, connection: 'revoked' });
  });

  test('[S9] a sign-in while a round goes on with the old token: its answer counts no more', () => {
    const fault: DeskFault = { kind: 'signed-out', message: 'Expired.' };
    const before = run([{ kind: 'timer' }], run(wholeRound).state).state;
    const signing = run([{ kind: 'signed-in' }], before);
    expect(signing.kinds).toEqual(['close-stream', 'clear-timer', 'confirm']);
    const late = stepSync(signing.state, { kind: 'failed', fault, round: before.round }, context);
    expect(late.state).toBe(signing.state);
  });

  test('[S8] fetches what a list named after the pull to the head, and serves the replica from the first rows on', () => {
    const listed = run([...wholeRound.slice(0, 4), pulled(false, true)]);
    expect(listed.kinds.at(-1)).toBe('fetch');
    expect(listed.kinds).not.toContain('serve');
    expect(mayServe(listed.state)).toBe(false);
    const first = run([{ kind: 'fetched', wanting: true }], listed.state);
    expect(first.kinds).toEqual(['serve', 'fetch']);
    expect(mayServe(first.state)).toBe(true);
    const last = run([{ kind: 'fetched', wanting: false }], first.state);
    expect(last.kinds).toEqual(['serve', 'set-timer']);
  });

  test('[S8] what the agent does during a first sync goes out between two fetches', () => {
    const fetching = run([...wholeRound.slice(0, 4), pulled(false, true)]).state;
    const woken = run([{ kind: 'wake' }, { kind: 'fetched', wanting: true }], fetching);
    expect(woken.kinds).toEqual(['serve', 'push']);
    const back = run([nothing, pulled(false, true)], woken.state);
    expect(back.kinds).toEqual(['pull', 'serve', 'fetch']);
    expect(back.state.again).toBe(false);
    // A reply that can no longer be taken back.
    const due = run([{ kind: 'fetched', wanting: true }], { ...fetching, pushAgainAt: 5_000 });
    expect(due.kinds).toEqual(['serve', 'push']);
    const notDue = run([{ kind: 'fetched', wanting: true }], { ...fetching, pushAgainAt: 5_001 });
    expect(notDue.kinds).toEqual(['serve', 'fetch']);
  });

  test('working offline does nothing until it is ended, whatever arrives', () => {
    const paused = run([{ kind: 'pause', paused: true }], run(wholeRound).state);
    expect(paused.kinds).toEqual(['clear-timer', 'close-stream']);
    const quiet: Given[] = [
      { kind: 'wake' },
      { kind: 'timer' },
      pulled(true),
      { kind: 'failed', fault: away },
      { kind: 'stream-ended' },
    ];
    expect(run(quiet, paused.state).kinds).toEqual([]);
    expect(run([{ kind: 'pause', paused: false }], paused.state).kinds).toEqual([
      'clear-timer',
      'confirm',
    ]);
  });

  test('a dead stream is opened again after a pause, not in a spin', () => {
    const ended = run([{ kind: 'stream-ended' }], run(wholeRound).state);
    expect(ended.effects).toEqual([{ kind: 'set-timer', delayMs: 500 }]);
    expect(run([{ kind: 'timer' }, { kind: 'confirmed' }], ended.state).kinds).toContain(
      'open-stream',
    );
  });

  test('an own desk that is only starting is not called offline', () => {
    const fault: DeskFault = { kind: 'no-address', message: 'No desk is running yet.' };
    expect(run([{ kind: 'start' }, { kind: 'failed', fault }]).state.connection).toBe('connecting');
  });

  test('never asks for two things at once, and is never left without a way to go on', () => {
    const events = fc.constantFrom<Given>(
      { kind: 'wake' },
      { kind: 'timer' },
      { kind: 'confirmed' },
      pulled(true),
      pulled(false),
      pulled(false, true),
      { kind: 'fetched', wanting: true },
      { kind: 'fetched', wanting: false },
      nothing,
      { kind: 'failed', fault: away },
      { kind: 'failed', fault: { kind: 'unknown-cursor', message: 'Restored.' } },
      { kind: 'failed', fault: { kind: 'revoked', message: 'Revoked.' } },
      { kind: 'restored' },
      { kind: 'yes', question: 'restored' },
      { kind: 'signed-in' },
      { kind: 'stream-ended' },
      { kind: 'pause', paused: true },
      { kind: 'pause', paused: false },
    );
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), (list) => {
        let { state } = stepSync(initialSync(0), { kind: 'start' }, context);
        let hasTimer = false;
        for (const event of list) {
          // Answers come only for what was asked.
          const step = state.phase.kind === 'round' ? state.phase.step : null;
          if (event.kind === 'confirmed' && step !== 'confirm') continue;
          if (event.kind === 'pulled' && step !== 'pull-one' && step !== 'pull-head') continue;
          if (event.kind === 'pushed' && step !== 'push') continue;
          if (event.kind === 'fetched' && step !== 'fetch') continue;
          if (event.kind === 'restored' && step !== 'restore') continue;
          if (event.kind === 'timer' && !hasTimer) continue;
          if (event.kind === 'timer') hasTimer = false;
          const next = stepSync(state, inRound(event, state.round), context);
          const asked = next.effects.filter(({ kind }) =>
            ['confirm', 'pull', 'push', 'fetch', 'restore'].includes(kind),
          );
          expect(asked.length).toBeLessThanOrEqual(1);
          for (const { kind } of next.effects) {
            if (kind === 'set-timer') hasTimer = true;
            if (kind === 'clear-timer') hasTimer = false;
          }
          state = next.state;
          const waits = ['rest', 'gap', 'backoff'].includes(state.phase.kind);
          expect(!waits || hasTimer).toBe(true);
          expect(asked.length === 0 || state.phase.kind === 'round').toBe(true);
        }
      }),
    );
  });
});
