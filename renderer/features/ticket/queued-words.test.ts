import { expect, test } from 'vitest';
import { command, policy, ticket, WEDNESDAY_10 } from '../../../test/helpers/tickets.ts';
import { HOUR_MS } from '../../../shared/base/time.ts';
import { clocks } from '../../../shared/policy/clocks.ts';
import { queuedWords } from './queued-words.ts';

const when = (): string => '14:12';
const [clock] = clocks(ticket(), policy());
if (clock === undefined) throw new Error('no clock');
const reply = command({ kind: 'reply', text: 'Hello' });
const assign = command({ kind: 'assign', assignee: null });

test('[C6] a queued reply ends nothing yet, whatever is queued after it', () => {
  const ended = { ...clock, state: 'ended' } as const;
  expect(queuedWords(clock, ended, [reply, assign], when)).toBe(
    'Your reply of 14:12 is queued: still counting',
  );
  const noReply = command({ kind: 'no-reply-needed', text: '' });
  expect(queuedWords(clock, null, [noReply], when)).toBe(
    'Your “No reply needed” of 14:12 is queued: still counting',
  );
});

test('[C16] a queued severity is an estimate; what changes nothing says nothing', () => {
  const raised = { ...clock, dueAt: WEDNESDAY_10 + HOUR_MS };
  expect(queuedWords(clock, raised, [assign], when)).toBe(
    'With your queued change: due 14:12, an estimate',
  );
  expect(queuedWords(clock, clock, [assign], when)).toBeNull();
  expect(queuedWords(clock, clock, [], when)).toBeNull();
});
