import type { Time } from '../../shared/base/time.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { compareUrgency, urgencyOf } from '../../shared/policy/urgency.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import type { PageEnvelope } from '../../shared/protocol/pull.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import type { Log } from '../log.ts';
import { isSame } from '../sync/cursors.ts';
import { askedRemoval, changeOfFetched, changeOfPage } from './watch-changes.ts';
import type { WatchChange } from './watch-changes.ts';
import { watchTicket } from './watched-ticket.ts';
import type { WatchedTicket } from './watched-ticket.ts';
import { emptyMeta } from './watch-store.ts';
import type { WatchMeta, WatchStore } from './watch-store.ts';

/** How many rows the first picture has. */
export const FIRST_ROWS = 200;

/** What changes no row is written no more often than this, and at a clean close. */
const WRITE_EVERY_MS = 30_000;

export type PageStored = { policyChanged: boolean; agentsChanged: boolean };

/** A list would take so many of the held tickets without a stated cause: nothing was stored (S7). */
export type PageAsks = { removing: number; held: number };

/** The first rows of a first sync are there: until now there was nothing to show. */
export type FetchedStored = { isFirst: boolean };

/** The open tickets this agent may see: on disk as rows, in memory as dues (S13). Times are desk time. */
export type WatchTable = {
  meta: () => WatchMeta;
  policy: () => CompiledPolicy | null;
  tickets: () => ReadonlyMap<string, WatchedTicket>;
  has: (ticketId: string) => boolean;
  /** The most urgent rows now, in order; right after opening those that were on top before. */
  firstRows: () => Promise<TicketRow[]>;
  /** How many tickets there are, loaded or not. */
  openCount: () => number;
  /** Resolves when every row has been read into memory; never rejects. */
  loaded: Promise<void>;
  /**
   * Null for a page that does not begin where the table stands: it is ignored. `accepted`: the agent said yes to
   * what its list takes.
   */
  storePage: (
    envelope: PageEnvelope,
    rows: readonly TicketRow[],
    accepted?: boolean,
  ) => Promise<PageStored | PageAsks | null>;
  /** Tickets that are still to be fetched by id (S8): how many, and of how many. */
  wanted: () => { count: number; of: number };
  isWanted: (ticketId: string) => boolean;
  /** The next of them, most urgent first. */
  nextWanted: (most: number) => string[];
  /** Rows that were fetched by id, with what is still wanted. Null where they are of another life of the desk. */
  storeFetched: (
    envelope: FetchedEnvelope,
    rows: readonly TicketRow[],
  ) => Promise<FetchedStored | null>;
  /** Drops everything, so that it is pulled anew: the desk is in another life (S7). */
  rebuild: () => Promise<void>;
  /** Drops everything for good: the sign-in was taken away (S9). */
  revoke: () => Promise<void>;
  /** The desk takes the sign-in. */
  admit: () => Promise<void>;
  /** What the desk said of itself and of the time. */
  noteDesk: (facts: Partial<Pick<WatchMeta, 'demo' | 'offsetMs' | 'confirmedAt'>>) => void;
  /** Reckons anew the tickets that time has carried over an edge (U4). */
  crossEdges: () => Promise<void>;
  /** Writes down what is on top, for the next start; at most every 30 s. */
  saveTop: () => Promise<void>;
  close: () => Promise<void>;
};

export async function openWatchTable(
  store: WatchStore,
  deskTime: Time,
  wallTime: Time,
  log: Log,
): Promise<WatchTable> {
  const opened = await readStart(store).catch(async (thrown: unknown) => {
    log.warn(`watch: the table cannot be read and is made anew: ${String(thrown)}`);
    await store.clear();
    return { meta: emptyMeta, topIds: [], wanted: [] };
  });
  let { meta } = opened;
  // Without a cursor everything comes again: rows that are gone by then must not stay.
  if (meta.cursor === null) await store.clear();
  if (meta.revoked) await store.store({ put: [], remove: [], meta });
  /** In the order in which they are fetched. */
  const wanted = new Set(meta.cursor === null ? [] : opened.wanted);
  let topIds = meta.cursor === null ? [] : opened.topIds;
  let policy = meta.policy === null ? null : compilePolicy(meta.policy);
  const tickets = new Map<string, WatchedTicket>();
  /** Tickets that a page took out while the rest was still being read. */
  const removed = new Set<string>();
  let isLoaded = false;
  let isClosed = false;
  let isTopStale = false;
  let isMetaStale = false;
  let topAt = -Infinity;
  let metaAt = wallTime.nowMs();
  let storing: Promise<unknown> = Promise.resolve();
  let remaking: Promise<void> | null = null;

  const keep = (row: TicketRow): void => {
    const before = tickets.get(row.head.id);
    tickets.set(row.head.id, watchTicket(row.head, policy, deskTime.nowMs(), before));
  };

  /** Something on the disk cannot be read: everything is pulled again. What is in memory goes on meanwhile. */
  const remake = (why: string): Promise<void> => {
    if (isClosed) return Promise.resolve();
    remaking ??= (async () => {
      log.warn(`watch: ${why}; the table is made anew`);
      meta = { ...meta, cursor: null };
      wanted.clear();
      await store.clear();
    })()
      .catch((thrown: unknown) => {
        log.error(`watch: ${String(thrown)}`);
      })
      .finally(() => {
        remaking = null;
      });
    return remaking;
  };

  /** Reads rows; where some cannot be read, gives the others. */
  const rowsOf = async (ids: readonly string[]): Promise<TicketRow[]> => {
    await remaking;
    try {
      const { rows, unreadable } = await store.rows(ids);
      if (unreadable > 0) await remake(`${unreadable} rows cannot be understood`);
      return rows;
    } catch (thrown) {
      await remake(String(thrown));
      return [];
    }
  };

  const eachRow = async (take: (row: TicketRow) => void): Promise<void> => {
    let bad = 0;
    try {
      for await (const { rows, unreadable } of store.allRows()) {
        if (isClosed) return;
        bad += unreadable;
        rows.forEach(take);
      }
      if (bad > 0) await remake(`${bad} rows cannot be understood`);
    } catch (thrown) {
      await remake(String(thrown));
    }
  };

  const load = async (): Promise<void> => {
    await eachRow((row) => {
      const known = tickets.get(row.head.id);
      if (removed.has(row.head.id)) return;
      if (known === undefined || known.version < row.head.version) keep(row);
    });
    isLoaded = true;
    removed.clear();
  };

  const top = (): string[] =>
    [...tickets.values()]
      .flatMap(({ urgency }) => (urgency === null ? [] : [urgency]))
      .toSorted(compareUrgency)
      .slice(0, FIRST_ROWS)
      .map((urgency) => urgency.ticketId);

  const inOrder = (rows: readonly TicketRow[]): TicketRow[] => {
    const rules = policy;
    if (rules === null) return [...rows];
    return rows
      .map((row) => ({ row, urgency: urgencyOf(row.head, rules, deskTime.nowMs()) }))
      .toSorted((a, b) => compareUrgency(a.urgency, b.urgency))
      .map(({ row }) => row);
  };

  const crossEdges = async (): Promise<void> => {
    const now = deskTime.nowMs();
    const crossed = [...tickets.values()].filter(
      ({ urgency }) => urgency !== null && urgency.nextEdgeAt <= now,
    );
    if (crossed.length === 0) return;
    for (const row of await rowsOf(crossed.map(({ id }) => id))) {
      // A page may have closed the ticket or brought a newer row while this one was read.
      const known = tickets.get(row.head.id);
      if (known !== undefined && known.version <= row.head.version) keep(row);
    }
  };

  const loaded = load();

  const saveTop = async (): Promise<void> => {
    const now = wallTime.nowMs();
    if (!isLoaded || isClosed || !isTopStale || Math.abs(now - topAt) < WRITE_EVERY_MS) return;
    isTopStale = false;
    topAt = now;
    await store.putTopIds(top());
  };

  /** Nothing new: the time of the sync is kept, but is not worth a write each time. */
  const storeNothing = async (): Promise<void> => {
    meta = { ...meta, syncedAt: deskTime.nowMs() };
    isMetaStale = true;
    if (Math.abs(wallTime.nowMs() - metaAt) < WRITE_EVERY_MS) return;
    await saveMeta();
  };

  const saveMeta = async (): Promise<void> => {
    isMetaStale = false;
    metaAt = wallTime.nowMs();
    await store.store({ put: [], remove: [], meta });
  };

  const storePage = async (
    envelope: PageEnvelope,
    rows: readonly TicketRow[],
    accepted: boolean,
  ): Promise<PageStored | PageAsks | null> => {
    await remaking;
    if (!isSame(meta.cursor, envelope.from)) return null;
    if (rows.length === 0 && isSame(meta.cursor, envelope.cursor)) {
      await storeNothing();
      return { policyChanged: false, agentsChanged: false };
    }
    // A list speaks of all that is here.
    if (envelope.list !== null) await loaded;
    const asked = accepted ? null : askedRemoval(envelope.list, tickets);
    if (asked !== null) return { removing: asked, held: tickets.size };
    const policyChanged =
      envelope.policy !== null && envelope.policy.version !== meta.policy?.version;
    const change = changeOfPage(envelope, rows, { tickets, wanted });
    const metaChange = {
      cursor: envelope.cursor,
      policy: envelope.policy ?? meta.policy,
      agents: mergeAgents(meta.agents, envelope.agents),
      syncedAt: deskTime.nowMs(),
      ...(change.wanted === null ? {} : { wantedOf: change.wanted.length }),
    };
    await store.store({ ...change, meta: { ...meta, ...metaChange } });
    // Damage found meanwhile: the page may have gone with the old table, so everything comes again.
    if (!isSame(meta.cursor, envelope.from)) return null;
    meta = { ...meta, ...metaChange };
    if (policyChanged) policy = envelope.policy === null ? null : compilePolicy(envelope.policy);
    take(change);
    if (policyChanged) await eachRow(keep);
    return { policyChanged, agentsChanged: envelope.agents.length > 0 };
  };

  const storeFetched = async (
    envelope: FetchedEnvelope,
    rows: readonly TicketRow[],
  ): Promise<FetchedStored | null> => {
    await remaking;
    const from = meta.cursor;
    if (from?.epoch !== envelope.epoch) return null;
    const change = changeOfFetched(envelope, rows, { tickets, wanted });
    const metaChange = { syncedAt: deskTime.nowMs() };
    await store.store({ ...change, meta: { ...meta, ...metaChange } });
    if (!isSame(meta.cursor, from)) return null;
    meta = { ...meta, ...metaChange };
    const isFirst = tickets.size === 0 && change.put.length > 0;
    take(change);
    return { isFirst };
  };

  /** What the disk holds now, in memory. */
  const take = (change: WatchChange): void => {
    isTopStale = true;
    isMetaStale = false;
    metaAt = wallTime.nowMs();
    for (const id of change.remove) {
      tickets.delete(id);
      if (!isLoaded) removed.add(id);
    }
    for (const row of change.put) {
      keep(row);
      removed.delete(row.head.id);
    }
    if (change.wanted !== null) wanted.clear();
    for (const id of change.wanted ?? []) wanted.add(id);
    for (const id of change.struck) wanted.delete(id);
  };

  /** Versions of another life of the desk mean nothing in this one, so nothing stays, in memory neither. */
  const forget = async (next: WatchMeta): Promise<void> => {
    await remaking;
    await loaded;
    meta = next;
    policy = null;
    tickets.clear();
    wanted.clear();
    topIds = [];
    // First that nothing may stay, should it end in between.
    if (meta.revoked) await store.store({ put: [], remove: [], meta });
    await store.clear();
    await store.store({ put: [], remove: [], meta });
  };

  /** One after the other: each begins where the one before it ended. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const stored = storing.then(work);
    storing = stored.catch(() => undefined);
    return stored;
  };

  return {
    meta: () => meta,
    policy: () => policy,
    tickets: () => tickets,
    has: (ticketId) => tickets.has(ticketId),
    firstRows: async () => {
      if (topIds.length === 0) await loaded;
      if (isLoaded) await crossEdges();
      return inOrder(await rowsOf(isLoaded ? top() : topIds));
    },
    openCount: () => (isLoaded ? tickets.size : Math.max(tickets.size, topIds.length)),
    loaded,
    storePage: (envelope, rows, accepted = false) =>
      inTurn(() => storePage(envelope, rows, accepted)),
    wanted: () => ({ count: wanted.size, of: Math.max(meta.wantedOf, wanted.size) }),
    isWanted: (ticketId) => wanted.has(ticketId),
    nextWanted: (most) => [...wanted].slice(0, most),
    storeFetched: (envelope, rows) => inTurn(() => storeFetched(envelope, rows)),
    rebuild: () => inTurn(() => forget({ ...meta, cursor: null, policy: null, wantedOf: 0 })),
    revoke: () => inTurn(() => forget({ ...emptyMeta, revoked: true })),
    admit: () =>
      inTurn(async () => {
        if (!meta.revoked) return;
        meta = { ...meta, revoked: false };
        await saveMeta();
      }),
    noteDesk: (facts) => {
      meta = { ...meta, ...facts };
      isMetaStale = true;
    },
    crossEdges,
    saveTop,
    close: async () => {
      if (isClosed) return;
      topAt = -Infinity;
      await storing;
      await remaking;
      try {
        await saveTop();
        if (isMetaStale && meta.cursor !== null) await saveMeta();
      } finally {
        isClosed = true;
        await store.close();
      }
    },
  };
}

type Start = { meta: WatchMeta; topIds: string[]; wanted: string[] };

async function readStart(store: WatchStore): Promise<Start> {
  return { meta: await store.meta(), topIds: await store.topIds(), wanted: await store.wanted() };
}

function mergeAgents(known: readonly Agent[], changed: readonly Agent[]): Agent[] {
  const byId = new Map(known.map((agent) => [agent.id, agent]));
  for (const agent of changed) byId.set(agent.id, agent);
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
