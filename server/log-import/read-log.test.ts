import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { entrySchema } from '../../shared/tickets/entry.ts';
import { ticketHeadSchema } from '../../shared/tickets/head.ts';
import { randomFrom } from '../demo/random.ts';
import { parseAsOf, readLocalTime } from './local-time.ts';
import { readLog } from './read-log.ts';

const header =
  'case,activity,resource,at,customer,product,seriousness,service_level,service_type,workgroup';
const nowMs = Date.parse('2026-03-04T10:00:00Z');

function csv(...rows: string[]): string {
  return [header, ...rows].join('\n');
}

function row(id: number, activity: string, at: string, seriousness = 1, resource = 7): string {
  return `${id},${activity},${resource},${at},63,3,${seriousness},2,1,4`;
}

function asOf(text: string): number {
  const read = parseAsOf(text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

function read(text: string | Uint8Array, at = '2012-06-01T12:00') {
  return readLog(text, { asOfMs: asOf(at), nowMs, random: randomFrom('log') });
}

function taken(text: string, at?: string) {
  const result = read(text, at);
  if (!result.ok) throw new Error(`line ${result.error.line}: ${result.error.message}`);
  return result.value;
}

function onlyTicket(...rows: string[]) {
  const { tickets } = taken(csv(...rows));
  expect(tickets).toHaveLength(1);
  const [ticket] = tickets;
  if (ticket === undefined) throw new Error('no ticket');
  return ticket;
}

test('a case becomes a ticket, shifted so that the moment is now', () => {
  const { head, entries } = onlyTicket(
    row(1, 'Assign seriousness', '2012-06-01T09:00:00', 4),
    row(1, 'Take in charge ticket', '2012-06-01T09:30:00', 4),
    row(1, 'Wait', '2012-06-01T11:00:00', 4),
  );
  expect(head).toMatchObject({
    id: 'log-1',
    reference: 'LOG-1',
    submittedAt: nowMs - 3 * HOUR_MS,
    firstReplyAt: nowMs - 2.5 * HOUR_MS,
    severity: { value: 'high' },
    triaged: { value: true },
    status: { value: 'waiting' },
    assignee: { value: 'log-agent-7' },
    teamId: 'log-team-4',
  });
  const opening = entries[0]?.body;
  expect(opening?.kind === 'message' ? opening.text : null).toContain('product 3, service level 2');
});

test.each([
  [1, 'low'],
  [2, 'medium'],
  [3, 'critical'],
  [4, 'high'],
])('seriousness %i is %s', (seriousness, severity) => {
  const { head } = onlyTicket(row(1, 'Insert ticket', '2012-06-01T09:00:00', seriousness));
  expect(head.severity.value).toBe(severity);
});

test('an anomaly certifies a bug, resolving it ends that, an upgrade escalates', () => {
  const begun = [
    row(1, 'Assign seriousness', '2012-05-29T09:00:00'),
    row(1, 'Create SW anomaly', '2012-05-29T10:00:00'),
    row(1, 'Require upgrade', '2012-05-29T11:00:00'),
  ];
  const bug = onlyTicket(...begun).head;
  expect(bug.category.value).toBe('bug');
  expect(bug.certifiedAt).not.toBeNull();
  expect(bug.escalations).toMatchObject([{ level: 'development' }]);
  const ended = onlyTicket(...begun, row(1, 'Resolve SW anomaly', '2012-05-29T12:00:00')).head;
  expect(ended.category.value).toBe('uncategorised');
  expect(ended.certifiedAt).toBeNull();
});

test('C11 a first reply after its due leaves a miss', () => {
  const { head } = onlyTicket(
    row(1, 'Assign seriousness', '2012-05-29T09:00:00', 3),
    row(1, 'Take in charge ticket', '2012-05-29T12:00:00', 3),
  );
  expect(head.misses).toMatchObject([{ clock: 'C1', severity: 'critical' }]);
  expect(head.misses[0]?.endedAt).toBe(head.firstReplyAt);
});

test('tickets that are closed, or not there yet, at the moment are skipped with the reason', () => {
  const { counts, tickets } = taken(
    csv(
      row(1, 'Assign seriousness', '2012-05-01T09:00:00'),
      row(1, 'Closed', '2012-06-01T12:00:00'),
      row(1, 'Wait', '2012-06-01T12:00:00'),
      row(2, 'Assign seriousness', '2012-06-01T12:00:01'),
      row(3, 'Assign seriousness', '2012-06-01T12:00:00'),
      row(3, 'Closed', '2012-06-01T12:00:01'),
      row(4, 'Assign seriousness', '2012-06-01T11:00:00'),
      row(4, 'DUPLICATE', '2012-06-01T11:30:00'),
    ),
  );
  expect(tickets.map(({ head }) => head.id)).toEqual(['log-3']);
  expect(counts).toMatchObject({ events: 8, taken: 1, merged: 0, skipped: 7 });
  expect(counts.skippedBecause).toEqual({
    'their ticket was closed by then': 5,
    'they come after the moment': 2,
  });
});

test('duplicates are merged, what changes nothing is skipped, a case may begin in the middle', () => {
  const { counts, report, agents } = taken(
    csv(
      row(1, 'Take in charge ticket', '2012-06-01T09:00:00'),
      row(1, 'Take in charge ticket', '2012-06-01T09:00:00'),
      row(1, 'Take in charge ticket', '2012-06-01T09:00:00', 1, 8),
      row(1, 'Take in charge ticket', '2012-06-01T09:10:00', 1, 8),
      row(1, 'Resolve SW anomaly', '2012-06-01T09:20:00', 1, 9),
    ),
  );
  expect(counts).toMatchObject({
    tickets: 1,
    begunInTheMiddle: 1,
    taken: 2,
    merged: 1,
    skipped: 2,
  });
  expect(report.join('\n')).toContain(
    'took 1 tickets (2 events), merged 1 duplicate events, skipped 2 events',
  );
  expect(agents.map(({ id }) => id)).toEqual(['log-agent-7', 'log-agent-8']);
});

test('work on a resolved ticket opens it again', () => {
  const { head } = onlyTicket(
    row(1, 'Resolve ticket', '2012-06-01T09:00:00'),
    row(1, 'Take in charge ticket', '2012-06-01T10:00:00'),
  );
  expect(head.status.value).toBe('open');
});

test('events out of order are taken by their time', () => {
  const { head } = onlyTicket(
    row(1, 'Take in charge ticket', '2012-06-01T10:00:00'),
    row(1, 'Assign seriousness', '2012-06-01T09:00:00', 2),
  );
  expect(head.firstReplyAt).toBe(nowMs - 2 * HOUR_MS);
});

const good = row(1, 'Assign seriousness', '2012-06-01T09:00:00');
test.each([
  ['an empty file', '', 1, /empty/],
  ['another header', 'case,action\n1,2', 1, /column 2 of the header must be "activity"/],
  ['a header too long', `${header},more\n${good},1`, 1, /11 columns/],
  ['a row too short', csv(good, '1,Wait'), 3, /2 columns instead of 10/],
  ['an unknown activity', csv(good, row(1, 'Dance', '2012-06-01T09:00:00')), 3, /activity.*Dance/],
  ['an unreadable time', csv(row(1, 'Wait', 'yesterday')), 2, /at: "yesterday" is not a time/],
  ['a day that is none', csv(row(1, 'Wait', '2012-02-30T09:00:00')), 2, /is not a time/],
  ['a seriousness that is none', csv(row(1, 'Wait', '2012-06-01T09:00:00', 5)), 2, /seriousness/],
  ['a word for a number', csv(good.replace('63', 'x')), 2, /customer: "x" is not a number/],
  ['a quotation mark left open', csv(good, '"1,Wait'), 3, /quotation mark/],
  ['a fault behind empty lines', csv(good, '', '', '1,Wait'), 5, /2 columns/],
])('%s is refused with line and fault', (_, text, line, message) => {
  const result = read(text);
  if (result.ok) throw new Error('was taken');
  expect(result.error.message).toMatch(message);
  expect(result.error.line).toBe(line);
});

test('bytes that are not UTF-8 are refused with their line, also once a reader has replaced them', () => {
  const bytes = Buffer.concat([Buffer.from(`${csv(good)}\n`), Buffer.from([0x31, 0xff, 0x32])]);
  for (const input of [new Uint8Array(bytes), bytes.toString('utf8')])
    expect(read(input)).toEqual({
      ok: false,
      error: { line: 3, message: 'the bytes are not UTF-8' },
    });
});

test('a byte order mark and Windows line ends are fine', () => {
  expect(read(`\uFEFF${csv(good).replaceAll('\n', '\r\n')}\r\n`).ok).toBe(true);
});

test('local time is that of Rome, in summer and in winter, and where the clocks change', () => {
  const at = (text: string) => readLocalTime(text, 'Europe/Rome');
  expect(at('2012-06-01T12:00')).toBe(Date.parse('2012-06-01T10:00:00Z'));
  expect(at('2012-01-01T12:00:30')).toBe(Date.parse('2012-01-01T11:00:30Z'));
  // 02:30 was skipped on 25 March and came twice on 28 October.
  expect(at('2012-03-25T02:30')).toBe(Date.parse('2012-03-25T01:30:00Z'));
  expect(at('2012-10-28T02:30')).toBe(Date.parse('2012-10-28T00:30:00Z'));
  expect(at('2012-10-28T03:00')).toBe(Date.parse('2012-10-28T02:00:00Z'));
  for (const bad of ['', '2012-06-01', '2012-13-01T00:00', '2012-06-01T24:00', '2012-06-01T12:60'])
    expect(at(bad)).toBeNull();
});

test('the moment is read as local time, a date as its first minute', () => {
  expect(parseAsOf('2012-06-01')).toEqual({ ok: true, value: Date.parse('2012-05-31T22:00:00Z') });
  expect(parseAsOf('noon').ok).toBe(false);
  expect(parseAsOf('2012-06-01T12:00Z').ok).toBe(false);
});

test('never throws, whatever the bytes', () => {
  const field = fc.oneof(
    fc.constantFrom('1', '4', 'Wait', 'Closed', '"', '2012-06-01T09:00:00', '\n', '', '\uFEFF'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const rows = fc
    .array(fc.array(field, { maxLength: 12 }), { maxLength: 4 })
    .map((all) => csv(...all.map((each) => each.join(','))));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string(), rows), (input) => {
      const result = read(input);
      expect(result.ok || result.error.line > 0).toBe(true);
    }),
  );
});

test('never throws, whatever the order of events, and accounts for each', () => {
  const event = fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('Insert ticket', 'Assign seriousness', 'Take in charge ticket', 'Wait'),
      fc.constantFrom('Require upgrade', 'Create SW anomaly', 'Resolve SW anomaly', 'RESOLVED'),
      fc.constantFrom('VERIFIED', 'INVALID', 'DUPLICATE', 'Closed', 'Schedule intervention'),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 4 }),
    )
    .map(([id, a, b, c, which, minutes, seriousness]) =>
      row(
        id,
        [a, b, c][which] ?? a,
        new Date(Date.UTC(2012, 5, 1, 8) + minutes * MINUTE_MS).toISOString().slice(0, 19),
        seriousness,
      ),
    );
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 20 }), (rows) => {
      const { counts, tickets } = taken(csv(...rows));
      expect(counts.taken + counts.merged + counts.skipped).toBe(rows.length);
      for (const { head, entries } of tickets) {
        ticketHeadSchema.parse(head);
        for (const entry of entries) entrySchema.parse(entry);
      }
    }),
    { numRuns: 60 },
  );
});

const realLog = '../shared/data/helpdesk-log.csv';
test.runIf(existsSync(realLog))('the real log: each event is taken, merged or skipped', () => {
  const { counts, tickets, agents } = taken(readFileSync(realLog, 'utf8'));
  expect(counts).toMatchObject({ events: 10_630, cases: 2_290, merged: 63, tickets: 109 });
  expect(counts.taken + counts.merged + counts.skipped).toBe(counts.events);
  const known = new Set(agents.map(({ id }) => id));
  for (const { head, entries } of tickets) {
    ticketHeadSchema.parse(head);
    expect(head.status.value).not.toBe('closed');
    expect(head.lastActivityAt).toBeLessThanOrEqual(nowMs);
    for (const entry of entries) {
      entrySchema.parse(entry);
      expect(entry.author.kind !== 'agent' || known.has(entry.author.id)).toBe(true);
    }
  }
});
