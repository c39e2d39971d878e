import { DAY_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { pick, randomFrom, wholeBetween } from './random.ts';
import type { Facts } from './scenario.ts';

const browsers = ['Firefox 128', 'Chrome 131', 'Edge 130', 'Safari 18', 'Firefox ESR 115'] as const;
const systems = [
  'Debian 12',
  'Ubuntu 24.04',
  'Windows Server 2022',
  'Windows 11',
  'macOS 15',
  'Rocky Linux 9',
] as const;
const databases = ['MariaDB 10.11', 'MySQL 8.0', 'PostgreSQL 15', 'MariaDB 11.4'] as const;
const phps = ['8.1', '8.2', '8.3', '8.4'] as const;
const days = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
const queues = [
  'First line',
  'Returns',
  'VIP',
  'Field service',
  'Accounts',
  'Nachtschicht',
  'Bestellungen',
  '一般',
  'Warranty',
  'Partners',
] as const;
const users = [
  'm.fischer',
  'jsmith2',
  'k.ivanova',
  'p.grün',
  'a.okafor',
  'y.tanaka',
  'ops-admin',
  'l.martínez',
] as const;

/** The two that a person brings along, and who answers them. */
export type People = { organisation: string; contact: string; greetAs: string; agentName: string };

/**
 * The facts of one ticket: versions, hosts, numbers. They come from its id alone (a UUIDv7, which holds the time),
 * so that what happens on it later speaks of the same ones.
 */
export function factsOf(ticketId: string, people: People): Facts {
  const random = randomFrom(ticketId);
  const number = (least: number, most: number) => String(wholeBetween(random, least, most));
  const at = clockAt(Number.parseInt(ticketId.replaceAll('-', '').slice(0, 12), 16));
  const minor = wholeBetween(random, 3, 9);
  return {
    contact: people.contact,
    first: people.greetAs,
    org: people.organisation,
    agent: people.agentName,
    version: `7.${minor}.${number(0, 6)}`,
    oldVersion: `${number(5, 6)}.${number(0, 9)}.${number(0, 4)}`,
    host: `${pick(random, ['desk', 'help', 'support', 'service', 'care'])}${number(1, 99)}.velhaven.example`,
    n: number(3, 29),
    n2: number(31, 98),
    percent: number(41, 97),
    user: pick(random, users),
    php: pick(random, phps),
    db: pick(random, databases),
    browser: pick(random, browsers),
    os: pick(random, systems),
    // When it began, the day before that, and when it got better.
    time: at.subtract(wholeBetween(random, 4, 40)),
    later: at.subtract(-wholeBetween(random, 50, 110)),
    day: at.dayBefore,
    ms: number(1_200, 48_000),
    queue: pick(random, queues),
    other: number(10_000, 99_999),
    ip: `10.${number(0, 99)}.${number(0, 255)}.${number(2, 254)}`,
    hash: wholeBetween(random, 0x1000_0000, 0xffff_ffff).toString(16),
  };
}

/** Clock times and weekday near an instant, UTC; of an id that holds none, of the epoch. */
function clockAt(instant: number) {
  const ms = Number.isNaN(instant) ? 0 : instant;
  return {
    subtract: (minutes: number) => new Date(ms - minutes * MINUTE_MS).toISOString().slice(11, 16),
    dayBefore: days[new Date(ms - DAY_MS).getUTCDay()] ?? 'Monday',
  };
}
