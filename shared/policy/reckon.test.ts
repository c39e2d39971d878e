import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policy, severityGiven, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { MINUTE_MS } from '../base/time.ts';
import type { TicketHead } from '../tickets/head.ts';
import { clockIds } from './clock-id.ts';
import { blankClock, reckon, reckonRunning } from './reckon.ts';
import { severities } from './severity.ts';

const standard = policy({ timeZone: 'Europe/Berlin', holidays: ['2026-11-20'] });
const anySeverity = fc.constantFrom(...severities);
const anyAt = fc
  .integer({ min: 0, max: 5_000 })
  .map((minutes) => WEDNESDAY_10 + minutes * MINUTE_MS);

const anyHead = fc
  .record({
    steps: fc.array(fc.record({ severity: anySeverity, at: anyAt, withdrawn: fc.boolean() }), {
      maxLength: 4,
    }),
    fromStep: fc.integer({ min: 1, max: 5 }),
    asked: fc.array(anySeverity, { maxLength: 2 }),
    category: fc.constantFrom('uncategorised', 'bug', 'feature', 'question'),
    status: fc.constantFrom('open', 'waiting', 'resolved', 'closed'),
    firstReplyAt: fc.option(anyAt),
    messageAt: fc.option(anyAt),
    certifiedAt: fc.option(anyAt),
    policyDueAt: fc.option(anyAt),
  })
  .map((facts): TicketHead => {
    const base = ticket();
    const fromStep = Math.min(facts.fromStep, facts.steps.length + 1);
    const run = { fromAt: base.responseFromAt, version: base.responseFromVersion };
    return {
      ...base,
      severitySteps: [
        ...base.severitySteps,
        ...facts.steps.map(({ severity, at, withdrawn }) => ({
          ...severityGiven(severity, at),
          withdrawn,
        })),
      ],
      asked: facts.asked.map((severity) => ({ severity, at: WEDNESDAY_10, version: 1 })),
      category: { ...base.category, value: facts.category },
      status: { ...base.status, value: facts.status },
      firstReplyAt: facts.firstReplyAt,
      responseFromStep: fromStep,
      unanswered: facts.messageAt === null ? null : { at: facts.messageAt, version: 2, fromStep },
      certifiedAt: facts.certifiedAt,
      policySteps:
        facts.policyDueAt === null
          ? []
          : [
              {
                clock: 'C1',
                run,
                rules: 1,
                at: WEDNESDAY_10,
                afterSteps: 1,
                afterAsked: 0,
                dueAt: facts.policyDueAt,
              },
            ],
    };
  });

test('[C15] a clock reckoned for order is the one that is reckoned with its reasons', () => {
  // One for all, as the queue does it: nothing of a clock may be left in the next.
  const clock = blankClock();
  fc.assert(
    fc.property(anyHead, (head) => {
      for (const id of clockIds) {
        const told = reckon(head, standard, id, []);
        const runs = reckonRunning(clock, head, standard, id) ? clock : null;
        expect(runs).toEqual(told?.state === 'running' ? told : null);
      }
    }),
    { numRuns: 300 },
  );
});
