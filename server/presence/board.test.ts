import { expect, test } from 'vitest';
import { PRESENCE_EVERY_MS, PRESENCE_LIFE_MS } from '../../shared/protocol/presence.ts';
import { presenceBoard } from './board.ts';
import type { Placement } from './board.ts';
import { presenceFor } from './news-for.ts';

/** A board in simulated time. */
function start() {
  let now = 0;
  let timers: { at: number; step: () => void }[] = [];
  const board = presenceBoard({
    nowMs: () => now,
    timers: {
      after: (ms, step) => {
        const timer = { at: now + ms, step };
        timers.push(timer);
        return () => {
          timers = timers.filter((each) => each !== timer);
        };
      },
    },
  });
  const passTo = (at: number): void => {
    for (;;) {
      const next = timers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > at) break;
      timers = timers.filter((each) => each !== next);
      now = next.at;
      next.step();
    }
    now = at;
  };
  return { board, passTo, timerCount: () => timers.length };
}

const web = { id: 't1', teamId: 'web', assigneeId: null };
const at = (agentId: string, change: Partial<Placement> = {}): Placement => ({
  agentId,
  consoleId: `c-${agentId}`,
  ticket: web,
  mode: 'viewing',
  at: 0,
  ...change,
});
const viewer = (id: string, teamIds: string[] = ['web']) =>
  ({ id, role: 'agent', teamIds }) as const;

test('[S18] who says nothing for 30 s is gone; who says it again stays', () => {
  const { board, passTo, timerCount } = start();
  board.place(at('bob'));
  board.place(at('mara'));
  for (let now = PRESENCE_EVERY_MS; now <= 4 * PRESENCE_EVERY_MS; now += PRESENCE_EVERY_MS) {
    passTo(now);
    board.place(at('bob', { at: now }));
  }
  expect(board.all()).toEqual([at('bob')]);
  passTo(4 * PRESENCE_EVERY_MS + PRESENCE_LIFE_MS);
  expect(board.all()).toEqual([]);
  // Nothing ticks where nobody is.
  expect(timerCount()).toBe(0);
});

test('[S18] what comes from another desk process counts the same and is not passed on again', () => {
  const { board } = start();
  const passedOn: string[] = [];
  board.onPlaced(({ agentId }) => passedOn.push(agentId));
  board.receive(at('bob'));
  board.place(at('mara'));
  expect(board.all().map(({ agentId }) => agentId)).toEqual(['bob', 'mara']);
  expect(passedOn).toEqual(['mara']);
});

test('[S14] [S18] a ticket that moves out of sight takes its people with it', () => {
  const { board, passTo } = start();
  const feed = presenceFor(viewer('ann'), board, () => undefined);
  const elsewhere = presenceFor(viewer('otto', ['mail']), board, () => undefined);
  const places = (of: typeof feed) =>
    of.take()?.presences.map(({ agentId, ticketId }) => [agentId, ticketId]);
  expect([places(feed), places(elsewhere)]).toEqual([[], []]);
  board.place(at('bob'));
  expect([places(feed), places(elsewhere)]).toEqual([[['bob', 't1']], undefined]);
  // Said again after the ticket went to the other team.
  passTo(PRESENCE_EVERY_MS);
  board.place(at('bob', { ticket: { ...web, teamId: 'mail' } }));
  expect([places(feed), places(elsewhere)]).toEqual([[['bob', null]], [['bob', 't1']]]);
  // They are told nothing of a place that they never knew of.
  board.place(at('bob', { ticket: { ...web, id: 't2', teamId: 'mail' } }));
  expect([places(feed), places(elsewhere)]).toEqual([undefined, [['bob', 't2']]]);
});

test('[S18] a slow reader gets where they are now, not each step', () => {
  const { board } = start();
  let woken = 0;
  const feed = presenceFor(viewer('ann'), board, () => {
    woken += 1;
  });
  feed.take();
  board.place(at('bob'));
  board.place(at('bob', { mode: 'replying' }));
  board.place(at('bob', { ticket: null }));
  expect(feed.take()?.presences).toMatchObject([{ agentId: 'bob', ticketId: null }]);
  expect(feed.take()).toBeNull();
  expect(woken).toBe(3);
  feed.stop();
  board.place(at('mara'));
  expect([feed.take(), woken]).toEqual([null, 3]);
});

test('[X5] one agent cannot fill the board', () => {
  const { board } = start();
  board.place(at('ann'));
  for (let n = 0; n < 100; n += 1) board.place(at('bob', { consoleId: `c-${n}` }));
  expect(board.all()).toHaveLength(21);
  expect(board.all().at(-1)?.consoleId).toBe('c-99');
});
