import { expect, test } from 'vitest';
import type { News } from '../news.ts';
import { BEAT_MS, listenForNews, say, TRUST_MS } from './listening.ts';
import type { LineEvents } from './listening.ts';

/** Lines that a test opens, answers over and cuts, and a clock that stands until it is moved. */
function world() {
  let now = 0;
  let steps: { at: number; step: () => void }[] = [];
  const lines: { events: LineEvents; sent: string[]; isEnded: boolean; isEchoing: boolean }[] = [];
  const news: News['kind'][] = [];
  let looks = 0;
  let look = async (): Promise<void> => undefined;
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const listening = listenForNews({
    open: async (events) => {
      const line = { events, sent: [] as string[], isEnded: false, isEchoing: true };
      lines.push(line);
      return {
        send: async (payload) => {
          line.sent.push(payload);
          if (line.isEchoing) events.heard(payload);
        },
        end: async () => {
          line.isEnded = true;
        },
      };
    },
    lookAgain: async () => {
      looks += 1;
      await look();
    },
    tell: ({ kind }) => news.push(kind),
    processId: 'this',
    steadyMs: () => now,
    timers: {
      after: (ms, step) => {
        const entry = { at: now + ms, step };
        steps.push(entry);
        return () => {
          steps = steps.filter((each) => each !== entry);
        };
      },
    },
    log: () => undefined,
  });
  return {
    listening,
    lines,
    news,
    looks: () => looks,
    setLook: (next: () => Promise<void>) => {
      look = next;
    },
    settle,
    advance: async (ms: number) => {
      for (const until = now + ms; ;) {
        await settle();
        const next = steps.toSorted((a, b) => a.at - b.at).find((each) => each.at <= until);
        if (next === undefined) {
          now = until;
          return settle();
        }
        now = next.at;
        steps = steps.filter((each) => each !== next);
        next.step();
      }
    },
  };
}

test('[S6] nothing is current before the database was read and a heartbeat came back', async () => {
  const { listening, lines, setLook, settle, looks } = world();
  let letLook = (): void => undefined;
  setLook(() => new Promise((resolve) => (letLook = resolve)));
  await settle();
  expect(lines).toHaveLength(1);
  expect(looks()).toBe(1);
  // Another process's heartbeat says nothing of this one's line.
  lines[0]?.events.heard(say({ kind: 'beat', from: 'other', sentAt: 0 }));
  expect(listening.isCurrent()).toBe(false);
  expect(lines[0]?.sent).toEqual([]);
  letLook();
  await settle();
  expect(listening.isCurrent()).toBe(true);
  await listening.close();
  expect(lines[0]?.isEnded).toBe(true);
});

test('[S6] what is known is current for 10 s after the last heartbeat that came back', async () => {
  const { listening, lines, settle, advance } = world();
  await settle();
  await advance(BEAT_MS * 4);
  expect(lines[0]?.sent).toHaveLength(5);
  expect(listening.isCurrent()).toBe(true);
  const [line] = lines;
  if (line !== undefined) line.isEchoing = false;
  await advance(TRUST_MS);
  expect(listening.isCurrent()).toBe(true);
  await advance(1);
  expect(listening.isCurrent()).toBe(false);
  // A line that is silent for so long is given up for a new one.
  await advance(2 * BEAT_MS);
  expect(line?.isEnded).toBe(true);
  expect(lines).toHaveLength(2);
  expect(listening.isCurrent()).toBe(true);
  await listening.close();
});

test('[S6] a lost line is believed no more, and its successor only after another look', async () => {
  const { listening, lines, settle, advance, looks, news } = world();
  await settle();
  expect(listening.isCurrent()).toBe(true);
  lines[0]?.events.lost();
  expect(listening.isCurrent()).toBe(false);
  // What was still on the way does not bring it back.
  lines[0]?.events.heard(lines[0].sent[0] ?? '');
  expect(listening.isCurrent()).toBe(false);
  await advance(1_000);
  expect(lines).toHaveLength(2);
  expect(looks()).toBe(2);
  expect(news).toEqual(['gap', 'gap']);
  expect(listening.isCurrent()).toBe(true);
  await listening.close();
});

test('[S6] a database that cannot be read leaves nothing current, and is tried again', async () => {
  const { listening, lines, setLook, advance } = world();
  setLook(() => Promise.reject(new Error('away')));
  await advance(60_000);
  expect(listening.isCurrent()).toBe(false);
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.every((line) => line.isEnded && line.sent.length === 0)).toBe(true);
  setLook(async () => undefined);
  await advance(10_000);
  expect(listening.isCurrent()).toBe(true);
  await listening.close();
});

test('[S6] news of another version of the desk is at least a reason to look', async () => {
  const { listening, lines, settle, looks, news } = world();
  await settle();
  lines[0]?.events.heard('{"kind":"something-new"}');
  lines[0]?.events.heard('not JSON');
  lines[0]?.events.heard(say({ kind: 'agent', id: 'ann' }));
  await settle();
  expect(looks()).toBe(3);
  expect(news).toEqual(['gap', 'gap', 'gap', 'agent']);
  await listening.close();
});
