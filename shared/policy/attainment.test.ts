import { expect, test } from 'vitest';
import { applyContext, policy, ticket, uuid, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { DAY_MS, HOUR_MS } from '../base/time.ts';
import { apply } from '../tickets/apply.ts';
import type { Action } from '../tickets/command.ts';
import type { TicketHead } from '../tickets/head.ts';
import { receiveMessage } from '../tickets/intake.ts';
import { attainment, countOutcomes, followRuns, metShare, outcomeOf } from './attainment.ts';
import type { ClockRun } from './attainment.ts';
import type { ClockId } from './clock-id.ts';
import { settled } from './settle.ts';

const standard = policy();

const reply: Action = { kind: 'reply', text: 'We look into it.' };
const bug: Action = { kind: 'set-category', category: 'bug', reason: 'seen before' };
const category = (value: 'question' | 'feature' | 'uncategorised'): Action => ({
  kind: 'set-category',
  category: value,
  reason: null,
});
const severity = (value: 'critical' | 'high' | 'low'): Action => ({
  kind: 'set-severity',
  severity: value,
  reason: 'agreed by phone',
});
const close: Action = { kind: 'close', reason: 'done', text: '' };

/** Hours after Wednesday 10:00, and what happened then; a text is a message of the customer's. */
type Happening = readonly [hours: number, what: Action | string | null];

/** Lives through a history as the desk does: settled before each event and at its end. */
function history(start: TicketHead, ...happenings: Happening[]): ClockRun[] {
  let head = start;
  let runs = followRuns([], head, standard, head.submittedAt);
  for (const [index, [hours, what]] of happenings.entries()) {
    const at = WEDNESDAY_10 + hours * HOUR_MS;
    const version = index + 2;
    head = settled(head, standard, at);
    if (typeof what === 'string')
      head = receiveMessage(
        head,
        { id: `m${index}`, text: what, receivedAt: at },
        { version, acceptedAt: at },
      ).head;
    else if (what !== null) {
      const done = apply(head, what, applyContext(at, { version, commandId: uuid(version) }));
      if (!done.ok) throw new Error(done.error.message);
      head = done.value.head;
    }
    head = settled(head, standard, at);
    runs = followRuns(runs, head, standard, at);
  }
  return runs;
}

function outcomes(runs: readonly ClockRun[], clock: ClockId): string[] {
  return runs
    .filter((each) => each.clock === clock)
    .map((each) => `${each.severity} ${outcomeOf(each)}`);
}

test('[C1] [C2] answered in time: both met, and met stays met', () => {
  const runs = history(ticket(), [1, reply], [200, severity('critical')], [400, null]);
  expect(outcomes(runs, 'C1')).toEqual(['low met']);
  // C2 goes by the ticket's severity, and had that of its end (W8).
  expect(outcomes(runs, 'C2')).toEqual(['low met']);
});

test('[C11] answered late: missed once, with how late, and missed stays missed', () => {
  const runs = history(ticket(), [60, reply], [61, close], [62, 'Once more.'], [63, reply]);
  const first = runs.find((each) => each.clock === 'C1');
  expect(first).toMatchObject({
    state: 'ended',
    missedDueAt: WEDNESDAY_10 + 48 * HOUR_MS,
    late: { wallMs: 12 * HOUR_MS, countedMs: 12 * HOUR_MS },
  });
  expect(outcomes(runs, 'C1')).toEqual(['low missed']);
  expect(outcomes(runs, 'C2')).toEqual(['low missed']);
});

test('[W8] a clock counts under the severity that it had when it ended', () => {
  const raised = history(ticket(), [1, severity('high')], [2, reply], [3, severity('critical')]);
  expect(outcomes(raised, 'C1')).toEqual(['high met']);
  // Missed as Low, then raised, then answered.
  const late = history(ticket(), [49, severity('critical')], [50, reply]);
  expect(outcomes(late, 'C1')).toEqual(['critical missed']);
});

test('[C3] each unanswered message is a run: answered, needing none, closed', () => {
  const runs = history(
    ticket(),
    [1, reply],
    [2, 'And now?'],
    [3, 'Hello?'],
    [4, reply],
    [5, 'Thanks!'],
    [6, { kind: 'no-reply-needed', text: '' }],
    [7, 'One more thing.'],
    [8, close],
    [300, null],
  );
  expect(outcomes(runs, 'C3')).toEqual(['low met', 'low met', 'low met']);
});

test('[C3] [C13] what is undone goes on, and can still be missed', () => {
  const runs = history(
    ticket(),
    [1, reply],
    [2, 'And now?'],
    [3, { kind: 'no-reply-needed', text: '' }],
    [4, { kind: 'reply-needed' }],
    [5, close],
    [6, { kind: 'reopen' }],
    [200, reply],
  );
  expect(outcomes(runs, 'C3')).toEqual(['low missed']);
  expect(runs.find((each) => each.clock === 'C3')?.late?.wallMs).toBeGreaterThan(0);
});

test('[C4] each update is a run; waiting pauses it', () => {
  const runs = history(
    ticket(),
    [1, reply],
    [2, bug],
    [50, reply],
    // 72 counted hours are over on Monday.
    [150, reply],
    [151, { kind: 'set-waiting' }],
    [400, null],
  );
  expect(outcomes(runs, 'C4')).toEqual(['low met', 'low missed', 'low paused']);
});

test('[C4] no bug any more: nothing is owed, and nothing was met', () => {
  const certified: Happening[] = [
    [1, reply],
    [2, bug],
  ];
  expect(outcomes(history(ticket(), ...certified, [3, category('uncategorised')]), 'C4')).toEqual([
    'low lifted',
  ]);
  expect(outcomes(history(ticket(), ...certified, [3, category('feature')]), 'C4')).toEqual([
    'low stopped',
  ]);
  const converted = history(ticket(), ...certified, [
    3,
    { kind: 'convert-to-feature', reason: 'it is one', message: 'We plan it.' },
  ]);
  // The message with it is an update.
  expect(outcomes(converted, 'C4')).toEqual(['low met']);
});

test('[C5] triaged in time and late, and once more after a later ask', () => {
  const runs = history(ticket({ askedFor: 'high' }), [1, severity('low')], [2, reply]);
  expect(outcomes(runs, 'C5')).toEqual(['high met']);
  expect(outcomes(history(ticket({ askedFor: 'critical' }), [3, severity('low')]), 'C5')).toEqual([
    'critical missed',
  ]);
});

test('[C12] a feature request stops what runs; an answer meanwhile counts when it is undone', () => {
  const stopped = history(ticket(), [1, category('feature')]);
  expect(outcomes(stopped, 'C1')).toEqual(['low stopped']);
  const back = history(
    ticket(),
    [1, category('feature')],
    [2, reply],
    [3, category('uncategorised')],
  );
  expect(outcomes(back, 'C1')).toEqual(['low met']);
});

test('[W5] a conversion that lowers the ticket ends its clocks as what they were', () => {
  const runs = history(
    ticket(),
    [1, severity('high')],
    [2, { kind: 'convert-to-feature', reason: 'it is one', message: 'We plan it.' }],
  );
  expect(outcomes(runs, 'C1')).toEqual(['high met']);
  expect(outcomes(runs, 'C2')).toEqual(['high met']);
});

test('[C13] resolved rests, closed is excused, and a message to the closed starts C1 anew', () => {
  expect(outcomes(history(ticket(), [1, { kind: 'resolve' }], [300, null]), 'C1')).toEqual([
    'low suspended',
  ]);
  const runs = history(ticket(), [1, close], [2, severity('high')], [24, 'Not done!'], [30, reply]);
  expect(outcomes(runs, 'C1')).toEqual(['low excused', 'high met']);
  expect(outcomes(runs, 'C2')).toEqual(['low excused']);
});

test('[C2] a question owes no first contact; back again it does', () => {
  expect(outcomes(history(ticket(), [1, category('question')]), 'C2')).toEqual(['low lifted']);
  const back = history(ticket(), [1, category('question')], [2, category('uncategorised')]);
  expect(outcomes(back, 'C2')).toEqual(['low running']);
});

test('a ticket that came with a past counts its misses, and what is current', () => {
  const missed = settled(ticket(), standard, WEDNESDAY_10 + 10 * DAY_MS);
  const done = apply(missed, reply, applyContext(WEDNESDAY_10 + 11 * DAY_MS));
  if (!done.ok) throw new Error(done.error.message);
  const runs = followRuns([], done.value.head, standard, WEDNESDAY_10 + 11 * DAY_MS);
  expect(countOutcomes(runs)).toMatchObject({ missed: 2, met: 0 });
});

test('counted by severity, worst first, and clock; the share is of what was met or missed', () => {
  const runs = [
    ...history(ticket(), [1, reply]),
    ...history(ticket(), [60, reply]),
    ...history(ticket(), [1, severity('critical')], [2, reply]),
    ...history(ticket(), [1, close]),
  ];
  const rows = attainment(runs);
  expect(rows.map(({ severity: of, clock }) => `${of} ${clock}`)).toEqual([
    'critical C1',
    'critical C2',
    'low C1',
    'low C2',
  ]);
  const low = rows[2]?.counts;
  expect(low).toMatchObject({ met: 1, missed: 1, excused: 1 });
  expect(low === undefined ? null : metShare(low)).toBe(0.5);
  expect(metShare({ met: 0, missed: 0 })).toBeNull();
});
