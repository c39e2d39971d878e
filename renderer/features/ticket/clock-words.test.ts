import { expect, test } from 'vitest';
import { applyContext, policy, ticket, uuid, WEDNESDAY_10 } from '../../../test/helpers/tickets.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/base/time.ts';
import type { TicketClock } from '../../../shared/policy/clock.ts';
import { clocks } from '../../../shared/policy/clocks.ts';
import { settled } from '../../../shared/policy/settle.ts';
import type { Speech } from '../../../shared/policy/trace-words.ts';
import { apply } from '../../../shared/tickets/apply.ts';
import type { Action } from '../../../shared/tickets/command.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { cardClocks } from './clock-order.ts';
import {
  countedOf,
  countedWords,
  lateWords,
  missOf,
  pastMisses,
  restingWords,
} from './clock-words.ts';
import { mailSpeech, traceText } from './trace-text.ts';

const standard = policy();
const speech: Speech = {
  when: (at) => new Date(at).toISOString().slice(8, 16).replace('T', ' '),
  day: (date) => date,
  nameOf: (id) => (id === 'agent-1' ? 'Mira Okonjo' : id),
};

/** What the desk does with an action at an instant: misses first (C11). */
function does(head: TicketHead, at: number, action: Action): TicketHead {
  const done = apply(
    settled(head, standard, at),
    action,
    applyContext(at, { commandId: uuid(at % 1_000_000) }),
  );
  if (!done.ok) throw new Error(done.error.message);
  return settled(done.value.head, standard, at);
}

function clock(head: TicketHead, id: TicketClock['id']): TicketClock {
  const found = clocks(head, standard).find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function counted(head: TicketHead, id: TicketClock['id'], now: number): string {
  const found = clock(head, id);
  return countedWords(found, countedOf(found, standard, now));
}

function resting(head: TicketHead, id: TicketClock['id']): string {
  const found = clock(head, id);
  return restingWords(found, missOf(found, head.misses), speech).text;
}

const severity = (value: TicketHead['severity']['value']): Action => ({
  kind: 'set-severity',
  severity: value,
  reason: null,
});
const reply: Action = { kind: 'reply', text: 'Thank you.' };

test('[C8] counted time used and left add up to the target, Sunday left out', () => {
  const saturday = Date.parse('2026-11-21T20:00:00Z');
  const head = ticket({ receivedAt: saturday });
  // Saturday 20:00 to 24:00, and from Monday on.
  expect(counted(head, 'C1', Date.parse('2026-11-23T05:12:00Z'))).toBe(
    '9:12 h of 48 h used, 38:48 h left, Mon–Sat',
  );
  expect(counted(head, 'C2', Date.parse('2026-11-23T20:20:00Z'))).toBe(
    'all 24 h used, 20 min counted since, Mon–Sat',
  );
});

test('[C10] where a change set the due, the target is no whole of what was used and is left', () => {
  const raised = does(ticket(), WEDNESDAY_10 + 10 * HOUR_MS, severity('critical'));
  expect(counted(raised, 'C1', WEDNESDAY_10 + 11 * HOUR_MS)).toBe(
    '11 h used, 1 h left, around the clock',
  );
});

test('[C4] time that stood still is not used', () => {
  const bug = does(does(ticket(), WEDNESDAY_10, reply), WEDNESDAY_10, {
    kind: 'set-category',
    category: 'bug',
    reason: 'seen',
  });
  const waiting = does(bug, WEDNESDAY_10 + 10 * HOUR_MS, { kind: 'set-waiting' });
  expect(counted(waiting, 'C4', WEDNESDAY_10 + 30 * HOUR_MS)).toBe(
    '10 h of 72 h used, 62 h left, Mon–Sat',
  );
  const again = does(waiting, WEDNESDAY_10 + 20 * HOUR_MS, { kind: 'reopen' });
  expect(counted(again, 'C4', WEDNESDAY_10 + 21 * HOUR_MS)).toBe(
    '11 h of 72 h used, 61 h left, Mon–Sat',
  );
});

test('[U2] the clock that binds comes first', () => {
  const asked = ticket({ askedFor: 'high' });
  const order = (now: number) =>
    cardClocks(clocks(asked, standard), standard, now).map((card) => card.clock.id);
  expect(order(WEDNESDAY_10)).toEqual(['C5', 'C2', 'C1']);
});

test('[C2] of two equal dues the lower number is shown, and the other named', () => {
  const medium = does(ticket(), WEDNESDAY_10, severity('medium'));
  expect(
    cardClocks(clocks(medium, standard), standard, WEDNESDAY_10).map(({ clock, twin }) => [
      clock.id,
      twin?.id ?? null,
    ]),
  ).toEqual([['C1', 'C2']]);
});

test('[C15] a due beyond the table has a place, too', () => {
  const unknown = clocks(ticket(), standard).map((each) => ({
    ...each,
    dueAt: Number.POSITIVE_INFINITY,
  }));
  expect(cardClocks(unknown, standard, WEDNESDAY_10).map((card) => card.clock.id)).toEqual(['C1']);
});

test('[C11] met, and missed by how long, by the wall and counted', () => {
  expect(resting(does(ticket(), WEDNESDAY_10 + HOUR_MS, reply), 'C1')).toBe('Response met');
  // Due Friday 10:00, answered Monday 09:00: Saturday counts, Sunday does not.
  const late = does(ticket(), Date.parse('2026-11-23T09:00:00Z'), reply);
  expect(resting(late, 'C1')).toBe('Response missed by 71 h, 47 h of it counted');
  expect(lateWords({ late: { wallMs: 20 * MINUTE_MS, countedMs: 20 * MINUTE_MS } })).toBe(
    'missed by 20 min',
  );
});

test('[C12] [C13] what rests says who did it and when', () => {
  const at = WEDNESDAY_10 + HOUR_MS;
  const feature: Action = { kind: 'set-category', category: 'feature', reason: null };
  expect(resting(does(ticket(), at, feature), 'C1')).toBe(
    'Response stopped: feature request 18 11:00 by Mira Okonjo',
  );
  expect(resting(does(ticket(), at, { kind: 'resolve' }), 'C1')).toBe(
    'Response suspended: resolved 18 11:00 by Mira Okonjo',
  );
  const close: Action = { kind: 'close', reason: 'spam', text: '' };
  expect(resting(does(ticket(), WEDNESDAY_10 + 72 * HOUR_MS, close), 'C1')).toBe(
    'Response excused, missed 20 10:00: closed 21 10:00 by Mira Okonjo',
  );
});

test('[C11] a miss of a run that is over stays in sight', () => {
  const missed = does(ticket(), WEDNESDAY_10 + 60 * HOUR_MS, reply);
  expect(pastMisses(missed.misses, clocks(missed, standard))).toEqual([]);
  expect(pastMisses(missed.misses, []).map(({ clock }) => clock)).toEqual(['C1', 'C2']);
});

test('[C15] the reasons as text name ticket, clock, rules, and the zone of every instant', () => {
  const raised = does(ticket(), WEDNESDAY_10 + HOUR_MS, severity('high'));
  const text = traceText(
    'VH-10001',
    [clock(raised, 'C1')],
    mailSpeech('Europe/Berlin', speech.nameOf),
  );
  expect(text).toMatch(/^VH-10001, Response \(C1\)\nC1: Received Wednesday,? 18 November 2026/);
  expect(text).toContain('at 11:00 Berlin as Low');
  expect(text).toContain('C10: Raised to High');
  expect(text).toContain('by Mira Okonjo');
});
