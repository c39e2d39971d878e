import { rm } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { DAY_MS } from '../../shared/base/time.ts';
import { alertRecordSchema } from '../../shared/bridge/alert-record.ts';
import type { AlertRecord } from '../../shared/bridge/alert-record.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { Log } from '../log.ts';
import type { Alert, AlertMemory } from './decide.ts';

/** Every alert and what became of it (A2, A4). */
export type AlertLedger = AlertMemory & {
  /** On the disk when it resolves: only then may the system be told to show it (A2). */
  put: (records: readonly AlertRecord[]) => Promise<void>;
  get: (key: string) => AlertRecord | undefined;
  /** Newest first. */
  list: (limit: number) => AlertRecord[];
  /** Those whose showing has no known end: after a start they go into the digest, never again singly. */
  unknown: () => AlertRecord[];
  acknowledge: (ticketId: string, dues: readonly Alert[], at: number) => Promise<AlertRecord[]>;
  close: () => Promise<void>;
};

/** Older rows are forgotten, and edges before that are no longer given. */
const KEEP_MS = 30 * DAY_MS;
const BORN = 'm:born';
const ROW = 'a:';

/** `now` and all that it keeps are desk time, ms since epoch. */
export async function openLedger(path: string, now: number, log: Log): Promise<AlertLedger> {
  const { db, stored } = await openAndRead(path, now, log);
  const records = new Map<string, AlertRecord>();
  const acknowledged = new Set<string>();

  const remember = (record: AlertRecord): void => {
    records.set(record.key, record);
    if (record.state === 'acknowledged')
      acknowledged.add(dueKey(record.ticketId, record.clock, record.dueAt));
  };

  for (const record of stored.records) remember(record);

  const put = async (changed: readonly AlertRecord[]): Promise<void> => {
    if (changed.length === 0) return;
    const batch = changed.map((record) => ({
      type: 'put' as const,
      key: ROW + record.key,
      value: JSON.stringify(record),
    }));
    await db.batch(batch, { sync: true });
    for (const record of changed) remember(record);
  };

  return {
    sinceAt: Math.max(stored.bornAt, now - KEEP_MS),
    has: (key) => records.has(key),
    isAcknowledged: (ticketId, clock, dueAt) => acknowledged.has(dueKey(ticketId, clock, dueAt)),
    put,
    get: (key) => records.get(key),
    list: (limit) => [...records.values()].toSorted((a, b) => b.at - a.at).slice(0, limit),
    unknown: () => [...records.values()].filter(({ state }) => state === 'to-be-shown'),
    acknowledge: async (ticketId, dues, at) => {
      const changed = dues.map((due): AlertRecord => {
        const given = [...records.values()].findLast(
          (each) =>
            each.ticketId === ticketId && each.clock === due.clock && each.dueAt === due.dueAt,
        );
        return given === undefined
          ? recordOf(due, at, 'acknowledged', null)
          : { ...given, state: 'acknowledged' };
      });
      await put(changed);
      return changed;
    },
    close: () => db.close(),
  };
}

export function recordOf(
  alert: Alert,
  at: number,
  state: AlertRecord['state'],
  detail: string | null,
): AlertRecord {
  const { key, ticketId, reference, subject, clock, severity, dueAt } = alert;
  return { key, ticketId, reference, subject, clock, severity, dueAt, at, state, detail };
}

function dueKey(ticketId: string, clock: ClockId, dueAt: number): string {
  return `${ticketId}|${clock}|${dueAt}`;
}

type Stored = { records: AlertRecord[]; bornAt: number };

/** A ledger that does not open, or cannot be read to its end, is dropped: better to alert again than never. */
async function openAndRead(
  path: string,
  now: number,
  log: Log,
): Promise<{ db: ClassicLevel; stored: Stored }> {
  const first = new ClassicLevel(path, encoding);
  try {
    await first.open();
    return { db: first, stored: await readAll(first, now, log) };
  } catch (thrown) {
    log.warn(`alerts: the ledger cannot be read and is made anew: ${String(thrown)}`);
    await first.close();
    await rm(path, { recursive: true, force: true });
    const anew = new ClassicLevel(path, encoding);
    await anew.open();
    return { db: anew, stored: await readAll(anew, now, log) };
  }
}

const encoding = { keyEncoding: 'utf8', valueEncoding: 'utf8' } as const;

async function readAll(db: ClassicLevel, now: number, log: Log): Promise<Stored> {
  const records: AlertRecord[] = [];
  const drop: string[] = [];
  let unreadable = 0;
  for await (const [key, text] of db.iterator({ gte: ROW, lt: `${ROW}\uffff` })) {
    const record = parseRecord(text);
    if (record === null) unreadable += 1;
    if (record === null || record.at < now - KEEP_MS) drop.push(key);
    else records.push(record);
  }
  // The others still say what was given and acknowledged: only what cannot be understood goes.
  if (unreadable > 0) log.warn(`alerts: ${unreadable} ledger rows cannot be read and are dropped`);
  if (drop.length > 0) await db.batch(drop.map((key) => ({ type: 'del', key })));
  const bornText: string | undefined = await db.get(BORN);
  const born = z.int().safeParse(Number(bornText));
  if (bornText !== undefined && born.success) return { records, bornAt: born.data };
  await db.put(BORN, String(now), { sync: true });
  return { records, bornAt: now };
}

function parseRecord(text: string): AlertRecord | null {
  try {
    const parsed = alertRecordSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
