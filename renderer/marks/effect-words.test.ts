import { expect, test } from 'vitest';
import { applyContext, policy, ticket, uuid, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { previewActions } from '../../shared/policy/preview.ts';
import { receiveMessage } from '../../shared/tickets/intake.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { effectOf } from './effect-words.ts';

const standard = policy();
const when = (at: number): string => new Date(at).toISOString().slice(8, 16).replace('T', ' ');

function effects(head: TicketHead, at: number, actions: readonly Action[], endedBy?: string) {
  const found = previewActions(head, actions, applyContext(at), standard);
  if (!found.ok) throw new Error(found.error.message);
  const speech = { when, ...(endedBy === undefined ? {} : { endedBy }) };
  return found.value.map((change) => {
    const { id, text } = effectOf(change, at, speech);
    return `${id} ${text}`;
  });
}

function does(head: TicketHead, at: number, action: Action, n = 1): TicketHead {
  const done = apply(head, action, applyContext(at, { commandId: uuid(n) }));
  if (!done.ok) throw new Error(done.error.message);
  return done.value.head;
}

const severity = (value: TicketHead['severity']['value']): Action => ({
  kind: 'set-severity',
  severity: value,
  reason: 'because',
});
const reply: Action = { kind: 'reply', text: 'Thank you.' };
const convert: Action = { kind: 'convert-to-feature', reason: 'a wish', message: 'Noted.' };

test('[C10] a raise says from when to when, and by how much', () => {
  expect(effects(ticket(), WEDNESDAY_10 + HOUR_MS, [severity('high')])).toEqual([
    'C1 due 20 10:00 → 18 23:00, 35 h earlier',
  ]);
});

test('[C10] raised to what was asked for long ago, it falls due at once', () => {
  const asked = ticket({ askedFor: 'critical' });
  expect(effects(asked, WEDNESDAY_10 + 3 * HOUR_MS, [severity('critical')])).toContain(
    'C1 falls due at once; it was due 20 10:00',
  );
});

test('[C10] what does not move stays, and what is late stays late', () => {
  const head = ticket();
  const clock = previewActions(
    head,
    [severity('high')],
    applyContext(WEDNESDAY_10 + HOUR_MS),
    standard,
  );
  const before = clock.ok ? (clock.value[0]?.before ?? null) : null;
  const stays = { id: 'C1', before, after: before } as const;
  expect(effectOf(stays, WEDNESDAY_10, { when }).text).toBe('stays due 20 10:00');
  expect(effectOf(stays, WEDNESDAY_10 + 72 * HOUR_MS, { when }).text).toBe(
    'is late already; its due stays 20 10:00',
  );
});

test('[C10] lowered, it is due later', () => {
  const high = does(ticket(), WEDNESDAY_10, severity('high'));
  expect(effects(high, WEDNESDAY_10 + HOUR_MS, [severity('low')])).toEqual([
    'C1 due 18 22:00 → 20 10:00, 36 h later',
  ]);
});

test('[C12] [W5] the message of a conversion ends what it answers, in time or late; the rest stops', () => {
  const asked = ticket({ askedFor: 'medium' });
  expect(effects(asked, WEDNESDAY_10 + HOUR_MS, [convert], 'with this message')).toEqual([
    'C1 ends with this message, in time: it was due 20 10:00',
    'C2 ends with this message, in time: it was due 19 10:00',
    'C5 stops: feature requests have no response SLA',
  ]);
  const late = effects(asked, WEDNESDAY_10 + 24 * HOUR_MS + 20 * MINUTE_MS, [convert]);
  expect(late).toContain('C2 ends, 20 min late');
  expect(late).toContain(
    'C5 stops: feature requests have no response SLA; the miss stays on record',
  );
});

test('[C12] taken back, what was stopped goes on', () => {
  const asked = ticket({ askedFor: 'medium' });
  const converted = does(asked, WEDNESDAY_10 + HOUR_MS, convert, 7);
  const undo: Action = { kind: 'undo-conversion', conversionId: uuid(7) };
  expect(effects(converted, WEDNESDAY_10 + 2 * HOUR_MS, [undo])).toEqual([
    'C5 goes on: due 19 10:00',
  ]);
  expect(effects(converted, WEDNESDAY_10 + 30 * HOUR_MS, [undo])).toEqual([
    'C5 goes on, late already: it was due 19 10:00',
  ]);
});

test('[C3] [C13] no reply needed ends the reply clock; closing excuses what else is open', () => {
  const answered = does(ticket(), WEDNESDAY_10, reply);
  const { head } = receiveMessage(
    answered,
    { id: 'm1', text: 'Thanks!', receivedAt: WEDNESDAY_10 + HOUR_MS },
    { version: 3, acceptedAt: WEDNESDAY_10 + HOUR_MS },
  );
  const at = WEDNESDAY_10 + 2 * HOUR_MS;
  expect(effects(head, at, [{ kind: 'no-reply-needed', text: '' }])).toEqual([
    'C3 ends, in time: it was due 20 11:00',
  ]);
  expect(effects(ticket(), at, [{ kind: 'close', reason: 'spam', text: '' }])).toEqual([
    'C1 is excused: nothing is owed once closed',
    'C2 is excused: nothing is owed once closed',
  ]);
});

test('[C4] [C7] a request for data ends the response; the update clock pauses', () => {
  const bug = does(ticket(), WEDNESDAY_10, {
    kind: 'set-category',
    category: 'bug',
    reason: 'seen',
  });
  const request: Action = { kind: 'request-data', what: 'The log', why: '', isPublic: true };
  expect(effects(bug, WEDNESDAY_10 + HOUR_MS, [request])).toEqual([
    'C1 ends, in time: it was due 20 10:00',
    'C2 ends, in time: it was due 19 10:00',
    'C4 pauses while it waits on the customer, with 0 min of 72 h used',
  ]);
  expect(effects(bug, WEDNESDAY_10 + HOUR_MS, [{ ...request, isPublic: false }])).toEqual([]);
});

test('[C2] a question owes no first contact; [C15] beyond the table nothing is known', () => {
  expect(
    effects(ticket(), WEDNESDAY_10, [{ kind: 'set-category', category: 'question', reason: null }]),
  ).toEqual(['C2 is not owed to a question']);
  const found = previewActions(ticket(), [reply], applyContext(WEDNESDAY_10), standard);
  const clock = found.ok ? (found.value[0]?.before ?? null) : null;
  if (clock === null) throw new Error('no clock');
  const unknown = { ...clock, dueAt: Number.POSITIVE_INFINITY };
  expect(effectOf({ id: 'C1', before: clock, after: unknown }, WEDNESDAY_10, { when }).text).toBe(
    'due 20 10:00 → not known, later',
  );
});
