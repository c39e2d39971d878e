import { DAY_MS } from '../../shared/base/time.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { endPast, policyForPast } from '../log-import/ticket-past.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';
import { padded } from './bench-text.ts';
import { casting } from './cast.ts';
import { shuffled } from './random.ts';
import type { Random } from './random.ts';
import { benchPlans, openPlans, pastPlans } from './story-plan.ts';
import type { Surround } from './story-writer.ts';
import { tellStory } from './ticket-story.ts';

export type DemoOptions = {
  /** ms since epoch, UTC: the story is told relative to it. */
  nowMs: number;
  /** 0 to 1; the same numbers give the same tickets. */
  random: Random;
  /** The story has about 140 open ones and fills up with past ones; less than that tells a part of it. */
  count: number;
  /** The first is the local agent. */
  agents: readonly Agent[];
  /** 'story' is what a new user sees. 'bench' holds open tickets only, in every clock situation. */
  corpus?: 'story' | 'bench';
  /** Each ticket gets as many entries, of 600 characters on average. */
  entriesPerTicket?: number;
};

/** The oldest of the demo lies within so many days. */
const REACH_MS = 120 * DAY_MS;
const FIRST_REFERENCE = 20_000;

/** A desk's worth of invented tickets, oldest first, with references in that order. */
export function demoTickets(options: DemoOptions): ImportedTicket[] {
  const { nowMs, random, entriesPerTicket } = options;
  const policy = policyForPast(nowMs - REACH_MS, nowMs);
  const surround: Surround = { policy, random, nowMs };
  const castFor = casting(random, options.agents);
  const tickets = plansFor(options).map((plan) => {
    const cast = castFor(plan);
    const told = tellStory(plan, cast, surround);
    const whole =
      entriesPerTicket === undefined ? told : padded(told, entriesPerTicket, cast.agent, surround);
    return endPast(whole, policy, nowMs);
  });
  return tickets
    .toSorted((a, b) => a.head.submittedAt - b.head.submittedAt)
    .map(({ head, entries }, index) => ({
      head: { ...head, reference: `VH-${String(FIRST_REFERENCE + index).padStart(5, '0')}` },
      entries,
    }));
}

function plansFor({ random, count, corpus }: DemoOptions) {
  if (corpus === 'bench') return benchPlans(random, count);
  const open = openPlans(random);
  const plans = [...open, ...pastPlans(random, Math.max(0, count - open.length))].slice(0, count);
  return shuffled(random, plans);
}
