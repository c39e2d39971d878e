import { expect, test } from 'vitest';
import { err } from '../../shared/base/result.ts';
import { PRESENCE_EVERY_MS } from '../../shared/protocol/presence.ts';
import type { ShownPresence } from '../../shared/bridge/presence.ts';
import type { PresenceNews } from '../../shared/protocol/presence.ts';
import type { DeskClient } from '../sync/desk-client.ts';
import type { Heard } from '../sync/poke-stream.ts';
import { presence } from './presence.ts';

/** A console in simulated time, at a desk that hears everything. */
function start() {
  let now = 0;
  let due: { at: number; step: () => void } | null = null;
  let online = true;
  const told: ShownPresence[][] = [];
  let heard: Heard | null = null;
  const said: string[] = [];
  const parts = presence({
    client: {
      presence: (place) => {
        said.push(`${now} ${place.ticketId ?? 'nowhere'} ${place.mode}`);
        return Promise.resolve(err({ kind: 'unreachable', message: 'The desk does not answer.' }));
      },
    },
    consoleId: () => 'c-ann',
    isOnline: () => online,
    timers: {
      after: (ms, step) => {
        due = { at: now + ms, step };
        return () => {
          due = null;
        };
      },
    },
    tell: (_name, { presences }) => {
      told.push(presences);
    },
  });
  const client = {
    listen: (_signal: AbortSignal, given: Heard) => {
      heard = given;
      return Promise.resolve({ ok: true, value: undefined });
    },
  } as unknown as DeskClient;
  void parts.hearing(client).listen(new AbortController().signal, { poked: () => undefined });
  return {
    parts,
    said,
    told,
    others: () => told.at(-1),
    hear: (news: PresenceNews) => heard?.presence?.(news),
    setOnline: (next: boolean) => {
      online = next;
    },
    passTo: (at: number) => {
      while (due !== null && due.at <= at) {
        const { step } = due;
        now = due.at;
        due = null;
        step();
      }
      now = at;
    },
  };
}

const bob = { agentId: 'bob', consoleId: 'c-bob', ticketId: 't1', mode: 'viewing', at: 5 } as const;

test('[S18] where the agent is, is said when they stay, then every 15 s, and once that they left', () => {
  const { parts, said, passTo } = start();
  for (const ticketId of ['t1', 't2', 't3']) parts.set({ ticketId, mode: 'viewing' });
  passTo(1_000);
  parts.set({ ticketId: 't3', mode: 'viewing' });
  expect(said).toEqual(['400 t3 viewing']);
  passTo(400 + 2 * PRESENCE_EVERY_MS);
  expect(said).toHaveLength(3);
  parts.set({ ticketId: 't3', mode: 'replying' });
  passTo(31_000);
  parts.set({ ticketId: null, mode: 'viewing' });
  passTo(300_000);
  expect(said.slice(3)).toEqual(['30800 t3 replying', '31400 nowhere viewing']);
});

test('[S18] offline nothing is said, and the others stay as last known; a new stream begins anew', () => {
  const { parts, said, passTo, hear, setOnline, told, others } = start();
  parts.set({ ticketId: 't1', mode: 'viewing' });
  passTo(400);
  hear({ whole: true, presences: [bob] });
  expect(said).toEqual(['400 t1 viewing', '400 t1 viewing']);
  setOnline(false);
  passTo(100_000);
  expect(said).toHaveLength(2);
  expect(others()).toEqual([{ agentId: 'bob', ticketId: 't1', mode: 'viewing', at: 5 }]);
  setOnline(true);
  hear({ whole: true, presences: [] });
  expect(others()).toEqual([]);
  expect(said.at(-1)).toBe('100000 t1 viewing');
  expect(told).toHaveLength(2);
});

test('[S18] the others are known by console: one of two that leaves takes only itself away', () => {
  const { hear, others } = start();
  hear({ whole: true, presences: [bob, { ...bob, consoleId: 'c-2', ticketId: 't2' }] });
  hear({ whole: false, presences: [{ ...bob, ticketId: null }] });
  expect(others()).toMatchObject([{ agentId: 'bob', ticketId: 't2' }]);
});
