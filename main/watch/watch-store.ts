import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import { z } from 'zod';
import { failpoint } from '../../shared/base/failpoint.ts';
import { idSchema } from '../../shared/base/ids.ts';
import { policyVersionSchema } from '../../shared/policy/policy-document.ts';
import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import { agentSchema } from '../../shared/protocol/agent.ts';
import { cursorSchema } from '../../shared/protocol/cursor.ts';
import { ticketRowSchema } from '../../shared/protocol/pull.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import type { Log } from '../log.ts';

export type ParsedRows = { rows: TicketRow[]; unreadable: number };

/** Everything in the watch table that is not a ticket. */
export const watchMetaSchema = z.strictObject({
  cursor: cursorSchema.nullable(),
  /** Lies by itself: it is large and changes once in a month. */
  policy: policyVersionSchema.nullable(),
  agents: z.array(agentSchema),
  demo: z.boolean(),
  /** When a page was stored last; ms since epoch, desk time. */
  syncedAt: z.int().nullable(),
  /** Desk clock less this machine's, ms, as last measured (C9). */
  offsetMs: z.number().nullable(),
  /** When the desk last told the time; ms since epoch, desk time. */
  confirmedAt: z.int().nullable(),
  /** How many tickets the last list gave to fetch (S8); what is left of them lies by itself. */
  wantedOf: z.int().nonnegative(),
  /** The sign-in was taken away: nothing of the desk is kept, not even after a restart (S9). */
  revoked: z.boolean(),
});
export type WatchMeta = z.infer<typeof watchMetaSchema>;

export const emptyMeta: WatchMeta = {
  cursor: null,
  policy: null,
  agents: [],
  demo: false,
  syncedAt: null,
  offsetMs: null,
  confirmedAt: null,
  wantedOf: 0,
  revoked: false,
};

/** Changes with what a row is, so that rows of another version of this program are dropped. */
export const rowShape = createHash('sha256')
  .update(JSON.stringify(z.toJSONSchema(ticketRowSchema, { unrepresentable: 'any', io: 'input' })))
  .digest('hex')
  .slice(0, 16);

const storedMetaSchema = watchMetaSchema
  .omit({ policy: true })
  // Tables of before they were kept lack the last.
  .extend({
    shape: z.literal(rowShape),
    confirmedAt: z.int().nullable().default(null),
    wantedOf: z.int().nonnegative().default(0),
    revoked: z.boolean().default(false),
  });

/**
 * The table on disk (S13): rebuildable, so what is damaged is dropped. Every reading method throws where the disk
 * gives back what cannot be read; then all is to be cleared and pulled anew.
 */
export type WatchStore = {
  meta: () => Promise<WatchMeta>;
  /** Ids of the queue's top as it was, so that a start need not read every row before it shows some. */
  topIds: () => Promise<string[]>;
  putTopIds: (ids: readonly string[]) => Promise<void>;
  rows: (ids: readonly string[]) => Promise<ParsedRows>;
  /** All rows, in groups. */
  allRows: () => AsyncIterable<ParsedRows>;
  /** Ids of tickets that are still to be fetched, in their order (S8). Read once, before anything is stored. */
  wanted: () => Promise<string[]>;
  /** All of it in one batch. */
  store: (change: StoreChange) => Promise<void>;
  /** Makes an empty one in its place, also of one that is damaged. */
  clear: () => Promise<void>;
  close: () => Promise<void>;
};

export type StoreChange = {
  put: readonly TicketRow[];
  remove: readonly string[];
  meta: WatchMeta;
  /** No longer to be fetched. */
  struck?: readonly string[];
  /** To be fetched instead of all that was. */
  wanted?: readonly string[] | null;
};

const META = 'm:meta';
const POLICY = 'm:policy';
const TOP = 'm:top';
const TICKET = 't:';
const WANTED = 'w:';
const PLACE_DIGITS = 7;
const GROUP = 500;

/** Opens the table, or makes a new one in the place of one that does not open. */
export async function openWatchStore(path: string, log: Log): Promise<WatchStore> {
  let db = await openOrRebuild(path, log);
  let storedPolicy: PolicyVersion | null = null;
  /** Under which key each wanted id lies. */
  const wantedKeys = new Map<string, string>();

  const read = async (key: string): Promise<unknown> => {
    const text: string | undefined = await db.get(key);
    return text === undefined ? undefined : parseJson(text);
  };
  const parseRows = (texts: readonly (string | undefined)[]): ParsedRows => {
    const parsed: ParsedRows = { rows: [], unreadable: 0 };
    for (const text of texts) {
      if (text === undefined) continue;
      const row = ticketRowSchema.safeParse(parseJson(text));
      if (row.success) parsed.rows.push(row.data);
      else parsed.unreadable += 1;
    }
    return parsed;
  };

  return {
    meta: async () => {
      const policy = policyVersionSchema.safeParse(await read(POLICY));
      const meta = storedMetaSchema.safeParse(await read(META));
      if (meta.success && meta.data.revoked) return { ...emptyMeta, revoked: true };
      // One without the other is of no use: it is pulled anew.
      if (!meta.success || !policy.success) return emptyMeta;
      storedPolicy = policy.data;
      const { shape: _shape, ...rest } = meta.data;
      return { ...rest, policy: storedPolicy };
    },
    topIds: async () => {
      const parsed = z.array(idSchema).safeParse(await read(TOP));
      return parsed.success ? parsed.data : [];
    },
    putTopIds: (ids) => db.put(TOP, JSON.stringify(ids)),
    rows: async (ids) => {
      const texts = await db.getMany(ids.map((id) => TICKET + id));
      return parseRows(texts);
    },
    async *allRows() {
      const iterator = db.values({ gte: TICKET, lt: `${TICKET}\uffff` });
      try {
        for (;;) {
          const texts = await iterator.nextv(GROUP);
          if (texts.length === 0) return;
          yield parseRows(texts);
        }
      } finally {
        await iterator.close();
      }
    },
    wanted: async () => {
      for await (const [key, id] of db.iterator({ gte: WANTED, lt: `${WANTED}\uffff` }))
        wantedKeys.set(id, key);
      return [...wantedKeys.keys()];
    },
    store: async ({ put, remove, meta, struck = [], wanted = null }) => {
      const batch = db.batch();
      for (const key of keysOf(wantedKeys, wanted === null ? struck : wantedKeys.keys()))
        batch.del(key);
      const places = new Map((wanted ?? []).map((id, place) => [id, placeKey(place)]));
      for (const [id, key] of places) batch.put(key, id);
      for (const row of put) batch.put(TICKET + row.head.id, JSON.stringify(row));
      for (const id of remove) batch.del(TICKET + id);
      const { policy, ...rest } = meta;
      batch.put(META, JSON.stringify({ ...rest, shape: rowShape }));
      if (policy !== null && policy !== storedPolicy) batch.put(POLICY, JSON.stringify(policy));
      failpoint('watch.before-batch');
      await batch.write();
      failpoint('watch.after-batch');
      storedPolicy = policy;
      if (wanted !== null) wantedKeys.clear();
      for (const id of struck) wantedKeys.delete(id);
      for (const [id, key] of places) wantedKeys.set(id, key);
    },
    clear: async () => {
      storedPolicy = null;
      wantedKeys.clear();
      await db.close();
      await rm(path, { recursive: true, force: true });
      db = await openLevel(path);
    },
    close: () => db.close(),
  };
}

function placeKey(place: number): string {
  return WANTED + String(place).padStart(PLACE_DIGITS, '0');
}

function keysOf(keys: ReadonlyMap<string, string>, ids: Iterable<string>): string[] {
  return [...ids].flatMap((id) => keys.get(id) ?? []);
}

async function openOrRebuild(path: string, log: Log): Promise<ClassicLevel> {
  try {
    return await openLevel(path);
  } catch (thrown) {
    log.warn(`watch: the table does not open and is rebuilt: ${describe(thrown)}`);
    await rm(path, { recursive: true, force: true });
    return openLevel(path);
  }
}

async function openLevel(path: string): Promise<ClassicLevel> {
  const db = new ClassicLevel(path, { keyEncoding: 'utf8', valueEncoding: 'utf8' });
  await db.open();
  return db;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error
    ? `${thrown.message}: ${thrown.cause.message}`
    : thrown.message;
}
