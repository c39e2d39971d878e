import type { Plan, PlannedEvent } from './plan.ts';
import { runPlan } from './run.ts';

/** The smallest plan found that breaks the same rule. */
export type Shrunk = { plan: Plan; runs: number };

/** Takes away what the fault does not need: events by delta debugging, consoles, patience (at most `most` runs). */
export async function shrink(plan: Plan, rule: string, most: number): Promise<Shrunk> {
  let best = plan;
  let runs = 0;
  const fails = async (smaller: Plan): Promise<boolean> => {
    if (runs >= most) return false;
    runs += 1;
    const { faults } = await runPlan(smaller);
    if (!faults.some((each) => ruleOf(each) === rule)) return false;
    best = smaller;
    return true;
  };
  const takeEvents = async (): Promise<void> => {
    for (let parts = 2; parts <= best.events.length && runs < most;) {
      const size = Math.ceil(best.events.length / parts);
      let found = false;
      for (let at = 0; at < best.events.length; at += size) {
        const events = [...best.events.slice(0, at), ...best.events.slice(at + size)];
        if (await fails({ ...best, events })) {
          found = true;
          break;
        }
      }
      if (found) parts = Math.max(2, parts - 1);
      else if (size === 1) break;
      else parts = Math.min(best.events.length, parts * 2);
    }
  };
  await takeEvents();
  for (let index = best.consoles.length - 1; index >= 0 && best.consoles.length > 1; index -= 1)
    await fails(without(best, index));
  if (best.patient) await fails({ ...best, patient: false });
  await takeEvents();
  return { plan: best, runs };
}

/** Which rule a violation is of: O1, S4, ... */
export function ruleOf(fault: string): string {
  return fault.split(' ')[0] ?? fault;
}

function without(plan: Plan, index: number): Plan {
  return {
    ...plan,
    consoles: plan.consoles.filter((_, at) => at !== index),
    events: plan.events.flatMap((event): PlannedEvent[] => {
      if (!('console' in event) || event.console === null || event.console < index) return [event];
      return event.console === index ? [] : [{ ...event, console: event.console - 1 }];
    }),
  };
}
