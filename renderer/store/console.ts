import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Timers } from '../../shared/base/timers.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { Replica } from '../replica/client.ts';
import { initialState } from './console-state.ts';
import type { ConsoleState } from './console-state.ts';
import type { DeskClock } from './desk-clock.ts';
import { draftKeeper } from './draft-keeper.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { oneAtATime } from './one-at-a-time.ts';
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
  readonly timers: Timers;
  readonly drafts: DraftKeeper;
  /** One thing is undone at a time. */
  readonly undoing: ReturnType<typeof oneAtATime>;
  /** Null until main has said which console this is. */
  replica: Replica | null;
};

export function createConsole(
  parts: Pick<Console, 'clock' | 'ticker' | 'bridge' | 'timers'>,
): Console {
  const state = createStore(initialState);
  const drafts = draftKeeper({ ...parts, state }, parts.timers);
  return { ...parts, state, drafts, undoing: oneAtATime(), queue: createQueue(), replica: null };
}
