import { HOUR_MS } from '../../shared/base/time.ts';
import type { OldHead } from '../../server/store/sql/policy-facts.ts';
import { ticket, WEDNESDAY_10 } from './tickets.ts';

const stamp = { version: 7, at: WEDNESDAY_10, agentId: null, consoleId: null, commandId: null };

/** A certified bug with a missed response, as the first build stored it. */
export function earlierHead(id: string): OldHead {
  const head = ticket({ id, reference: `VH-${id}` });
  return {
    id,
    reference: head.reference,
    version: 9,
    subject: head.subject,
    customer: head.customer,
    channel: head.channel,
    teamId: head.teamId,
    submittedAt: WEDNESDAY_10,
    asked: [{ severity: 'high', at: WEDNESDAY_10 }],
    severity: { ...stamp, value: 'high' },
    severitySteps: [
      { severity: 'low', at: WEDNESDAY_10 },
      { severity: 'high', at: WEDNESDAY_10 + HOUR_MS },
    ],
    triaged: { ...stamp, value: true },
    category: { ...stamp, value: 'bug' },
    status: { ...stamp, value: 'open' },
    assignee: { ...stamp, value: null },
    responseFromAt: WEDNESDAY_10,
    responseFromStep: 1,
    responseEndStep: 2,
    firstReplyAt: WEDNESDAY_10 + 20 * HOUR_MS,
    unanswered: { at: WEDNESDAY_10 + 21 * HOUR_MS, version: 9, fromStep: 2 },
    lastReplyAt: WEDNESDAY_10 + 20 * HOUR_MS,
    lastCustomerMessageVersion: 9,
    replyVersions: { ann: 8 },
    certifiedAt: WEDNESDAY_10 + 2 * HOUR_MS,
    updatePauses: [],
    misses: [
      {
        clock: 'C1',
        runFromAt: WEDNESDAY_10,
        dueAt: WEDNESDAY_10 + 12 * HOUR_MS,
        severity: 'high',
        endedAt: WEDNESDAY_10 + 20 * HOUR_MS,
      },
      {
        clock: 'C3',
        runFromAt: WEDNESDAY_10 + 21 * HOUR_MS,
        dueAt: WEDNESDAY_10 + 33 * HOUR_MS,
        severity: 'high',
        endedAt: null,
      },
    ],
    attempts: { count: 0, lastOutcome: null, reproduced: false },
    escalations: [],
    lastActivityAt: WEDNESDAY_10,
  };
}
