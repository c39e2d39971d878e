import { describe, expect, test } from 'vitest';
import { policy, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import { watchTicket } from '../watch/watched-ticket.ts';
import type { WatchedClock, WatchedTicket } from '../watch/watched-ticket.ts';
import { decideAlerts, nextAlertAt } from './decide.ts';
import type { Alert, AlertDecision } from './decide.ts';

const agent = { id: 'agent-1', teamIds: ['team-1'] };
const at = WEDNESDAY_10;

function clock(change: Partial<WatchedClock> = {}): WatchedClock {
  return { id: 'C1', severity: 'critical', dueAt: at + 2 * HOUR_MS, setAt: at, ...change };
}

function watched(clocks: WatchedClock[], change: Partial<WatchedTicket> = {}): WatchedTicket {
  return {
    id: 't1',
    version: 1,
    reference: 'VH-1',
    subject: 'Login is down',
    organisation: 'Acme',
    assignee: 'agent-1',
    teamId: 'team-2',
    clocks,
    urgency: null,
    ...change,
  };
}

function decide(
  now: number,
  tickets: WatchedTicket[],
  given: {
    keys?: Iterable<string>;
    acknowledged?: boolean;
    quieted?: boolean;
    sinceAt?: number;
  } = {},
): AlertDecision {
  const keys = new Set(given.keys ?? []);
  return decideAlerts({
    now,
    tickets,
    agent,
    alertMinutesBefore: defaultPolicyDocument.alertMinutesBefore,
    ledger: {
      has: (key) => keys.has(key),
      isAcknowledged: () => given.acknowledged ?? false,
      sinceAt: given.sinceAt ?? 0,
    },
    isQuieted: () => given.quieted ?? false,
  });
}

const names = (alerts: readonly Alert[]): string[] =>
  alerts.map(({ ticketId, key }) => `${ticketId} ${key.split('|').at(-1) ?? ''}`);

/** Runs the minutes from one instant to another, each alert remembered; gives the minute of each. */
function minutes(tickets: WatchedTicket[], from: number, until: number): [number, string][] {
  const keys = new Set<string>();
  const seen: [number, string][] = [];
  for (let now = from; now <= until; now += MINUTE_MS) {
    const { singles, digest, passed } = decide(now, tickets, { keys });
    for (const alert of [...singles, ...digest])
      seen.push([(now - at) / MINUTE_MS, alert.key.split('|').at(-1) ?? '']);
    for (const alert of [...singles, ...digest, ...passed]) keys.add(alert.key);
  }
  return seen;
}

describe('[A1] thresholds and the due', () => {
  test('Critical: 60, 30, 15 and 5 minutes before, and the due', () => {
    expect(minutes([watched([clock()])], at, at + 2 * HOUR_MS)).toEqual([
      [60, 'before-60'],
      [90, 'before-30'],
      [105, 'before-15'],
      [115, 'before-5'],
      [120, 'due'],
    ]);
  });

  test.each([
    ['high', [120, 30], 12],
    ['medium', [240, 60], 24],
    ['low', [480], 48],
  ] as const)('%s: %j minutes before, and the due', (severity, before, targetHours) => {
    const dueAt = at + targetHours * HOUR_MS;
    const seen = minutes([watched([clock({ severity, dueAt })])], at, dueAt + HOUR_MS);
    expect(seen.map(([minute]) => targetHours * 60 - minute)).toEqual([...before, 0]);
  });

  test('a threshold already past when the due was set is skipped', () => {
    const late = clock({ dueAt: at + 20 * MINUTE_MS, setAt: at });
    expect(minutes([watched([late])], at, at + 20 * MINUTE_MS).map(([, name]) => name)).toEqual([
      'before-15',
      'before-5',
      'due',
    ]);
  });

  test('equal dues give one alert, of the lower number', () => {
    const two = watched([clock({ id: 'C2' }), clock({ id: 'C1' })]);
    const { singles } = decide(at + HOUR_MS, [two]);
    expect(singles.map((alert) => alert.clock)).toEqual<ClockId[]>(['C1']);
  });

  test('concern the agent: mine, unassigned in my teams, any clock of severity Critical', () => {
    const high = [clock({ severity: 'high', dueAt: at + 30 * MINUTE_MS, setAt: 0 })];
    const all = [
      watched(high, { id: 'mine' }),
      watched(high, { id: 'theirs', assignee: 'agent-2' }),
      watched(high, { id: 'team', assignee: null, teamId: 'team-1' }),
      watched(high, { id: 'other-team', assignee: null, teamId: 'team-9' }),
      watched([...high, clock({ id: 'C5', dueAt: at + 9 * HOUR_MS })], {
        id: 'critical',
        assignee: 'agent-2',
      }),
    ];
    expect(names(decide(at, all).singles).toSorted()).toEqual([
      'critical before-30',
      'mine before-30',
      'team before-30',
    ]);
  });
});

describe('[A2] at most once', () => {
  test('a key in the ledger is not given again; a new due is a new key', () => {
    const [first] = decide(at + HOUR_MS, [watched([clock()])]).singles;
    const keys = [first?.key ?? ''];
    expect(decide(at + HOUR_MS, [watched([clock()])], { keys }).singles).toEqual([]);
    const moved = watched([clock({ dueAt: at + 2 * HOUR_MS - MINUTE_MS })]);
    expect(decide(at + HOUR_MS, [moved], { keys }).singles).toHaveLength(1);
  });

  test('what came before the ledger was there is not given', () => {
    const due = watched([clock({ severity: 'high', dueAt: at, setAt: 0 })]);
    expect(decide(at, [due], { sinceAt: at }).singles).toEqual([]);
    expect(decide(at, [due], { sinceAt: at - 1 }).singles).toHaveLength(1);
  });
});

describe('[A3] missed alerts', () => {
  test('become one digest, most urgent first, one for each clock; earlier edges only in the ledger', () => {
    const tickets = [
      watched([clock({ severity: 'low', dueAt: at, setAt: 0 })], { id: 'low' }),
      watched([clock({ dueAt: at + 10 * MINUTE_MS, setAt: 0 })], { id: 'critical' }),
      watched([clock({ severity: 'high', dueAt: at, setAt: 0 })], { id: 'high' }),
    ];
    const { singles, digest, passed } = decide(at + 2 * MINUTE_MS, tickets);
    expect(singles).toEqual([]);
    expect(names(digest)).toEqual(['critical before-15', 'high due', 'low due']);
    expect(names(passed)).toEqual([
      'low before-480',
      'critical before-60',
      'critical before-30',
      'high before-120',
      'high before-30',
    ]);
  });

  test('the timer is set for the next edge', () => {
    const input = {
      now: at,
      tickets: [watched([clock()])],
      agent,
      alertMinutesBefore: defaultPolicyDocument.alertMinutesBefore,
    };
    expect(nextAlertAt(input)).toBe(at + HOUR_MS);
    expect(nextAlertAt({ ...input, now: at + 2 * HOUR_MS })).toBe(at + 2 * HOUR_MS + 5 * MINUTE_MS);
    expect(nextAlertAt({ ...input, tickets: [] })).toBe(Infinity);
  });
});

describe('[A5] Critical repeats', () => {
  const overdue = watched([clock({ dueAt: at, setAt: 0 })]);

  test('every 5 minutes from the due', () => {
    expect(minutes([overdue], at, at + 16 * MINUTE_MS)).toEqual([
      [0, 'due'],
      [5, 'repeat-1'],
      [10, 'repeat-2'],
      [15, 'repeat-3'],
    ]);
  });

  test('until acknowledged', () => {
    const keys = [`t1|C1|${at}|due`];
    const since = { keys, sinceAt: at - 1 };
    expect(decide(at + 5 * MINUTE_MS, [overdue], since).singles).toHaveLength(1);
    expect(decide(at + 5 * MINUTE_MS, [overdue], { ...since, acknowledged: true }).singles).toEqual(
      [],
    );
  });

  test('[C16] not while an answer waits', () => {
    const since = { keys: [`t1|C1|${at}|due`], sinceAt: at - 1, quieted: true };
    expect(decide(at + 5 * MINUTE_MS, [overdue], since).singles).toEqual([]);
  });

  test('others do not repeat', () => {
    const high = watched([clock({ severity: 'high', dueAt: at, setAt: 0 })]);
    const seen = minutes([high], at, at + HOUR_MS);
    expect(seen.map(([, name]) => name)).toEqual(['due']);
  });

  test('more than 5 at once become a digest', () => {
    const due = (count: number): WatchedTicket[] =>
      Array.from({ length: count }, (_, n) => watched([clock()], { id: `t${n}` }));
    expect(decide(at + HOUR_MS, due(5))).toMatchObject({ digest: [], singles: { length: 5 } });
    expect(decide(at + HOUR_MS, due(6))).toMatchObject({ digest: { length: 6 }, singles: [] });
  });
});

test('a ticket row gives its running clocks with since when their due stands', () => {
  const head = ticket({ askedFor: 'critical' });
  const { clocks, urgency } = watchTicket(head, policy(), at);
  expect(clocks.map(({ id }) => id)).toEqual(['C1', 'C2', 'C5']);
  expect(clocks.find(({ id }) => id === 'C5')).toEqual({
    id: 'C5',
    severity: 'critical',
    dueAt: at + 2 * HOUR_MS,
    setAt: at,
  });
  expect(urgency?.clock).toBe('C5');
});
