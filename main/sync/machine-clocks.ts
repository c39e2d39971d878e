import { uptime } from 'node:os';
import type { Time } from '../../shared/base/time.ts';
import type { Timers } from '../../shared/base/timers.ts';
import { clockEvents } from './clock-events.ts';
import type { ClockEvents } from './clock-events.ts';
import { machineTimers } from './machine-timers.ts';
import { steadyClock } from './steady-clock.ts';
import type { SteadyClock } from './steady-clock.ts';

/** This machine's clocks: the one that people and time servers set, the one that nobody does, and its timers. */
export type MachineClocks = { wall: Time; steady: SteadyClock; timers: Timers };

export function machineClocks(): MachineClocks {
  return {
    wall: { nowMs: () => Date.now() },
    steady: steadyClock(
      () => Number(process.hrtime.bigint() / 1_000n) / 1_000,
      () => uptime() * 1_000,
    ),
    timers: machineTimers,
  };
}

/**
 * The page reckons by this machine's clock, and is wrong for so long when that is set. It is also how soon after sleep
 * the alerts are looked at (A3). A look only reads three clocks.
 */
const LOOK_EVERY_MS = 1_000;
/** The page hears of less with the next answer of the desk. */
const SET_FROM_MS = 500;

/** Says when this machine's clock was set, or it slept. Returns how to stop. */
export function watchClocks(
  { wall, steady }: Pick<MachineClocks, 'wall' | 'steady'>,
  happened: (events: ClockEvents) => void,
): () => void {
  const look = clockEvents(wall, steady, SET_FROM_MS);
  const timer = setInterval(() => {
    const events = look();
    if (events.setMs !== 0 || events.sleptMs !== 0) happened(events);
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
  };
}
