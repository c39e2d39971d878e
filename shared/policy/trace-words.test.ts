import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../base/time.ts';
import type { ClockId } from './clock-id.ts';
import { lengthWords, stepWords } from './trace-words.ts';
import type { Speech } from './trace-words.ts';
import type { TraceEvent } from './trace-step.ts';

/** Every kind of step, and each way it can be, is a sentence that can be read aloud to the customer (C15). */

const speech: Speech = {
  when: (at) => (at === 1 ? 'Monday at 9' : 'Tuesday at 9'),
  day: (date) => (date === '2026-12-25' ? '25 December' : '27 December'),
  nameOf: () => 'Mira Okonjo',
};

function words(clock: ClockId, what: TraceEvent, dueAt: number | null = 2): string {
  return stepWords(clock, { rule: clock, at: 1, dueAt, what }, speech);
}

const started = {
  kind: 'started',
  severity: 'high',
  targetMs: 12 * HOUR_MS,
  calendar: 'business',
} as const;
const critical = {
  ...started,
  severity: 'critical',
  targetMs: 2 * HOUR_MS,
  calendar: 'always',
} as const;
const raised = {
  kind: 'reclassified',
  agentId: 'agent-1',
  from: 'low',
  to: 'high',
  calendar: 'business',
  raised: true,
  asked: null,
} as const;
const lowered = { ...raised, from: 'critical', to: 'low', raised: false } as const;

const spoken: readonly (readonly [string, ClockId, TraceEvent, string])[] = [
  [
    'submission',
    'C1',
    { ...critical, by: 'submission' },
    'Received Monday at 9 as Critical: an answer is owed within 2 hours around the clock, by Tuesday at 9.',
  ],
  [
    'reopening',
    'C1',
    { ...started, by: 'reopening' },
    'The customer wrote again Monday at 9 after it was closed unanswered, High: an answer is owed within 12 counted hours, Monday to Saturday, by Tuesday at 9.',
  ],
  [
    'first contact',
    'C2',
    { ...started, by: 'submission' },
    'Received Monday at 9: first contact is owed within 12 counted hours, Monday to Saturday, by Tuesday at 9.',
  ],
  [
    'message',
    'C3',
    { ...started, by: 'message' },
    "The customer's message of Monday at 9 waits, High: a reply is owed within 12 counted hours, Monday to Saturday, by Tuesday at 9.",
  ],
  [
    'certified',
    'C4',
    { ...started, by: 'certified' },
    'Certified as a bug Monday at 9: news is owed within 12 counted hours, Monday to Saturday, by Tuesday at 9.',
  ],
  [
    'update',
    'C4',
    { ...started, by: 'update' },
    'Last news to the customer Monday at 9: news is owed within 12 counted hours, Monday to Saturday, by Tuesday at 9.',
  ],
  [
    'asked',
    'C5',
    { ...critical, by: 'asked' },
    'The customer asked for Critical Monday at 9: a decision on it is owed within 2 hours around the clock, by Tuesday at 9.',
  ],
  [
    'past',
    'C1',
    { ...raised, by: 'past' },
    'Raised to High Monday at 9 by Mira Okonjo; it was past due already, so the due stays Tuesday at 9.',
  ],
  [
    'kept',
    'C1',
    { ...raised, by: 'kept' },
    'Raised to High Monday at 9 by Mira Okonjo; the due stays Tuesday at 9.',
  ],

  [
    'change',
    'C1',
    { ...raised, by: 'change' },
    'Raised to High Monday at 9 by Mira Okonjo; counted from then: due Tuesday at 9.',
  ],
  [
    'had',
    'C1',
    { ...raised, by: 'had' },
    'Raised to High Monday at 9 by Mira Okonjo; it had been due Tuesday at 9 before at that level, and no change gains time.',
  ],
  [
    'asked before',
    'C1',
    { ...raised, by: 'asked' },
    'Raised to High Monday at 9 by Mira Okonjo; the customer had asked for it, so counted from then: due Tuesday at 9.',
  ],
  [
    'at the change',
    'C1',
    { ...raised, agentId: null, by: 'at-change' },
    'Raised to High Monday at 9; by reclassification it was due before that, so it is due at the change, Tuesday at 9.',
  ],
  [
    'lowered',
    'C3',
    { ...lowered, by: 'origin' },
    'Lowered to Low Monday at 9 by Mira Okonjo; counted from the start: due Tuesday at 9.',
  ],
  [
    'server fault',
    'C1',
    { ...raised, from: 'high', calendar: 'always', by: 'change' },
    'Known as a server fault, counted around the clock, Monday at 9 by Mira Okonjo; counted from then: due Tuesday at 9.',
  ],
  [
    'no server fault',
    'C1',
    { ...lowered, from: 'low', by: 'kept' },
    'Known to be no server fault Monday at 9 by Mira Okonjo; the due stays Tuesday at 9.',
  ],
  [
    'policy at the change',
    'C1',
    { kind: 'policy', by: 'at-change' },
    'New support rules came into force Monday at 9; by them it would have been due earlier, so it was due at that moment.',
  ],
  [
    'policy after the due',
    'C1',
    { kind: 'policy', by: 'old-due' },
    'New support rules came into force Monday at 9; it was past due already, and stays due Tuesday at 9.',
  ],
  [
    'not counted',
    'C1',
    {
      kind: 'not-counted',
      days: [
        { date: '2026-12-25', why: 'holiday' },
        { date: '2026-12-27', why: 'sunday' },
      ],
      more: false,
    },
    'Not counted: 25 December (holiday), 27 December.',
  ],
  [
    'more not counted',
    'C1',
    { kind: 'not-counted', days: [{ date: '2026-12-27', why: 'sunday' }], more: true },
    'Not counted: 27 December and more.',
  ],
  [
    'paused',
    'C4',
    { kind: 'paused', untilAt: null },
    'Waiting since Monday at 9: the count stands still, and what was used is kept.',
  ],
  [
    'paused until',
    'C4',
    { kind: 'paused', untilAt: 2 },
    'From Monday at 9 to Tuesday at 9 the count stood still: due Tuesday at 9.',
  ],
  [
    'missed',
    'C1',
    { kind: 'missed', severity: 'medium' },
    'It was due Tuesday at 9 as Medium and that was missed; the miss stays on record.',
  ],
  ['answered', 'C1', { kind: 'ended', by: 'reply', lateMs: 0 }, 'Answered Monday at 9, in time.'],
  [
    'answered late',
    'C1',
    { kind: 'ended', by: 'reply', lateMs: 61 * MINUTE_MS },
    'Answered Monday at 9, 1 hour 1 minute late.',
  ],
  [
    'triaged late',
    'C5',
    { kind: 'ended', by: 'triage', lateMs: 1 },
    'Triaged Monday at 9, less than a minute late.',
  ],
  [
    'stopped',
    'C1',
    { kind: 'stopped', agentId: 'agent-1' },
    'A feature request since Monday at 9 by Mira Okonjo: there is no time limit for an answer.',
  ],
  [
    'suspended',
    'C1',
    { kind: 'suspended', agentId: 'agent-1' },
    'Resolved Monday at 9 by Mira Okonjo: the count rests, and goes on with its due if the ticket is opened again.',
  ],
  [
    'excused',
    'C1',
    { kind: 'excused', agentId: null },
    'Closed Monday at 9: nothing is owed on this any more.',
  ],
];

test.each(spoken)('[C15] %s is read aloud', (_, clock, what, expected) => {
  expect(words(clock, what)).toBe(expected);
});

test('[C15] beyond the table of days no due is named', () => {
  expect(words('C1', { ...started, by: 'submission' }, null)).toBe(
    'Received Monday at 9 as High: an answer is owed within 12 counted hours, Monday to Saturday.',
  );
  expect(words('C1', { ...raised, by: 'kept' }, null)).toContain('the due stays not known');
});

test.each([
  [0, 'less than a minute'],
  [MINUTE_MS, '1 minute'],
  [59 * MINUTE_MS + 59_999, '59 minutes'],
  [HOUR_MS, '1 hour'],
  [90 * MINUTE_MS, '1 hour 30 minutes'],
  [48 * HOUR_MS, '48 hours'],
])('[C15] %d ms is %s', (ms, expected) => {
  expect(lengthWords(ms)).toBe(expected);
});

test('[C8] counted time is said to be so', () => {
  expect(lengthWords(90 * MINUTE_MS, 'counted ')).toBe('1 counted hour 30 minutes');
  expect(lengthWords(30 * MINUTE_MS, 'counted ')).toBe('30 counted minutes');
});
