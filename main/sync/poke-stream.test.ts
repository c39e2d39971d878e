import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { POKE_HEARTBEAT_MS, POKE_SILENCE_MS } from '../../shared/protocol/poke.ts';
import { readPokes } from './poke-stream.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function stream() {
  let send = (_text: string): void => undefined;
  let end = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      send = (text) => {
        controller.enqueue(new TextEncoder().encode(text));
      };
      end = () => {
        controller.error(new Error('reset'));
      };
    },
  });
  const versions: number[] = [];
  let isOver = false;
  void readPokes(body, { poked: (version) => versions.push(version) }).then(() => {
    isOver = true;
  });
  return {
    send,
    end,
    versions,
    isOver: async () => {
      await vi.advanceTimersByTimeAsync(0);
      return isOver;
    },
  };
}

test('[S6] a poke tells its version; what is no poke tells nothing', async () => {
  const { send, versions, isOver } = stream();
  send('event: poke\ndata: {"version":7}\n\nevent: heartbeat\ndata: {}\n\n');
  send('event: poke\ndata: {"version":"x"}\n\nevent: poke\ndata: no json\n\n');
  // Cut anywhere.
  send('event: poke\nda');
  send('ta: {"version":9}\n\n');
  expect(await isOver()).toBe(false);
  expect(versions).toEqual([7, 9]);
});

test('[S6] a stream that is silent for 45 s is dead; a heartbeat keeps it', async () => {
  const { send, isOver } = stream();
  for (let n = 0; n < 10; n += 1) {
    await vi.advanceTimersByTimeAsync(POKE_HEARTBEAT_MS);
    send('event: heartbeat\ndata: {}\n\n');
  }
  await vi.advanceTimersByTimeAsync(POKE_SILENCE_MS - 1);
  expect(await isOver()).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isOver()).toBe(true);
});

test('[S6] a stream that breaks off has ended', async () => {
  const { end, isOver } = stream();
  end();
  expect(await isOver()).toBe(true);
});
