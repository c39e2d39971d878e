import { withSimulatedFetch } from './fetch-seam.ts';
import { describe, happen } from './happen.ts';
import { checkAtRest } from './at-rest.ts';
import { heal } from './heal.ts';
import type { Plan } from './plan.ts';
import { START_MS, makeWorld } from './world.ts';
import type { World } from './world.ts';

export type Outcome = {
  /** Violations of O1-O6 and of the view; empty where all is well. */
  faults: readonly string[];
  hash: string;
  lines: readonly string[];
  counts: Counts;
};

export type Counts = {
  steps: number;
  saved: number;
  outcomes: Record<string, number>;
};

/** Everything must be where it belongs so long after the last fault, ms (O6). */
const CALM_MS = 30_000;
/** So long after a change at the desk everybody has it, ms. */
const TOLD_MS = 5_000;
/** With connections that hang until they time out. */
const PATIENT_MS = 150_000;

/** Runs a plan to its end, or to the first thing that must never be. */
export async function runPlan(plan: Plan, keepTrace = false): Promise<Outcome> {
  const world = await makeWorld(plan, keepTrace);
  const unhandled: string[] = [];
  const onUnhandled = (thrown: unknown): void => {
    unhandled.push(`unhandled: ${thrown instanceof Error ? (thrown.stack ?? '') : String(thrown)}`);
    world.scheduler.stop();
  };
  process.on('unhandledRejection', onUnhandled);
  try {
    const found = await withSimulatedFetch(world.callers, () => through(world));
    const faults = [...world.faults(), ...unhandled, ...found];
    return {
      faults,
      hash: world.trace.hash(),
      lines: world.trace.lines(),
      counts: await countsOf(world),
    };
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
}

async function through(world: World): Promise<readonly string[]> {
  const { plan, scheduler, desk, consoles } = world;
  desk.start();
  for (const console of consoles) console.start();
  for (const event of plan.events)
    scheduler.after(event.atMs, () => {
      happen(world, event);
    });
  await scheduler.runUntil(START_MS + plan.faultsEndMs);
  heal(world);
  await scheduler.runUntil(scheduler.nowMs() + (plan.patient ? PATIENT_MS : CALM_MS));
  await untilTold(world);
  return world.faults().length > 0 ? [] : checkAtRest(world);
}

/** What the desk did by itself a moment ago takes a moment to arrive. */
async function untilTold({ scheduler, data }: World): Promise<void> {
  for (let before = -1; before !== data.commits();) {
    before = data.commits();
    await scheduler.runUntil(scheduler.nowMs() + TOLD_MS);
  }
}

async function countsOf({ scheduler, saved, data }: World): Promise<Counts> {
  const outcomes: Record<string, number> = {};
  const ids = [...saved.commands().keys()];
  for (const { outcome } of await data.store().read((snapshot) => snapshot.ledger(ids)))
    outcomes[outcome.kind] = (outcomes[outcome.kind] ?? 0) + 1;
  return { steps: scheduler.count(), saved: ids.length, outcomes };
}

/** A plan as lines that people can follow. */
export function planLines({ consoles, agents, tickets, events, patient }: Plan): string[] {
  const who = consoles.map((agent, index) => `c${index} of ${JSON.stringify(agents[agent])}`);
  return [
    `${who.join('; ')}; ${tickets} tickets${patient ? '; connections hang' : ''}`,
    ...events.map((event) => `${String(event.atMs).padStart(6)} ms ${describe(event)}`),
  ];
}
