import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../bridge/bridge.ts';
import type { Replica } from '../replica/client.ts';
import { initialState } from './console-state.ts';
import type { ConsoleState } from './console-state.ts';
import type { DeskClock } from './desk-clock.ts';
import { createQueue } from './queue.ts';
import type { Queue } from './queue.ts';
import type { Ticker } from './ticker.ts';

/** The renderer's parts in one hand, for the functions of store/ that work on them. */
export type Console = {
  readonly state: StoreApi<ConsoleState>;
  readonly queue: Queue;
  readonly clock: DeskClock;
  readonly ticker: Ticker;
  readonly bridge: Bridge;
  /** Null until main has said which console this is. */
  replica: Replica | null;
};

export function createConsole(parts: {
  clock: DeskClock;
  ticker: Ticker;
  bridge: Bridge;
}): Console {
  return { ...parts, state: createStore(initialState), queue: createQueue(), replica: null };
}
