import { invariant } from '../../shared/base/assert.ts';
import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { maySee } from '../../shared/tickets/may-see.ts';
import type { Viewer } from '../../shared/tickets/may-see.ts';
import { firstCounter } from './contract.ts';
import type { NewStore, Reading, Store, VersionRange, Writing } from './contract.ts';
import { newsOf, newsroom } from './news.ts';
import { memoryBlobs } from './memory-blobs.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { audiencesOf, returned } from './sight.ts';
import type { SightChange } from './sight.ts';
import type { AgentRecord, Changes, Counter, LedgerRow, TicketRecord } from './rows.ts';

type Tables = {
  counter: Counter;
  marks: Map<number, string>;
  tickets: Map<string, TicketRecord>;
  entries: Map<string, Entry>;
  ledger: Map<string, LedgerRow>;
  policies: PolicyVersion[];
  agents: Map<string, AgentRecord>;
  sight: SightChange[];
  /** Tickets that consoles keep no more (S15). */
  retired: Set<string>;
};

/** The store in memory, for unit tests and simulation. What it holds dies with the process. */
export function memoryStore(fresh: NewStore): Store {
  const counter = firstCounter(fresh);
  const tables: Tables = {
    counter,
    marks: new Map([[counter.version, counter.mark]]),
    tickets: new Map(),
    entries: new Map(),
    ledger: new Map(),
    policies: [],
    agents: new Map(),
    sight: [],
    retired: new Set(),
  };
  const inTurn = oneAtATime();
  const news = newsroom();
  const blobs = memoryBlobs(inTurn, (id) => tables.tickets.get(id)?.head);
  const reading = { ...readingOf(tables), ...blobs.reading };
  return {
    hearsAll: () => true,
    onNews: news.onNews,
    tellOthers: () => undefined,
    read: (work) => inTurn(() => work(reading)),
    write: (work) =>
      inTurn(async () => {
        const parts: Changes[] = [];
        const transaction: Writing = {
          ...reading,
          locked: tables.counter,
          // A copy, as a database takes one: the caller may go on with the same object.
          save: async (changes) => {
            const part = structuredClone(changes);
            checkUnique(tables, part);
            parts.push(part);
          },
        };
        const result = await work(transaction);
        for (const part of parts) {
          keep(tables, part);
          blobs.noteUses(part.entries);
        }
        for (const each of newsOf(parts)) news.tell(each);
        return result;
      }),
    setToken: (agentId, tokenHash) =>
      inTurn(async () => {
        const record = tables.agents.get(agentId);
        if (record === undefined) return false;
        tables.agents.set(agentId, { ...record, tokenHash });
        news.tell({ kind: 'agent', id: agentId });
        return true;
      }),
    blobs: blobs.store,
    isDataFault: () => false,
    copySource: null,
    close: () => inTurn(async () => undefined),
  };
}

/** What the database's keys refuse. */
function checkUnique(tables: Tables, changes: Changes): void {
  for (const { version } of changes.versions)
    invariant(!tables.marks.has(version), `version ${version} is taken`);
  for (const { head } of changes.newTickets)
    invariant(!tables.tickets.has(head.id), `ticket ${head.id} is there already`);
  for (const { id } of changes.entries)
    invariant(!tables.entries.has(id), `entry ${id} is there already`);
  for (const { commandId } of changes.ledger)
    invariant(!tables.ledger.has(commandId), `command ${commandId} is decided already`);
}

function keep(tables: Tables, changes: Changes): void {
  tables.counter = changes.counter;
  for (const each of changes.versions) tables.marks.set(each.version, each.mark);
  for (const each of [...changes.newTickets, ...changes.tickets]) keepTicket(tables, each);
  tables.sight.push(...changes.sight);
  for (const id of changes.retire) tables.retired.add(id);
  for (const each of changes.entries) tables.entries.set(each.id, each);
  for (const each of changes.ledger) tables.ledger.set(each.commandId, each);
  for (const { commandId, resolution } of changes.resolutions) {
    const row = tables.ledger.get(commandId);
    if (row !== undefined) tables.ledger.set(commandId, { ...row, resolution });
  }
  tables.policies.push(...changes.policies);
  for (const each of changes.agents) tables.agents.set(each.agent.id, each);
}

function keepTicket(tables: Tables, record: TicketRecord): void {
  const { id, version } = record.head;
  const isChanged = version > (tables.tickets.get(id)?.head.version ?? 0);
  if (isChanged && tables.retired.delete(id)) tables.sight.push(returned(version, id));
  tables.tickets.set(id, record);
}

function readingOf(tables: Tables): Omit<Reading, 'blobSizes' | 'seesBlob' | 'holdsBlob'> {
  const within = (version: number, range: VersionRange) =>
    version > range.after && version <= range.upTo;
  const changed = (range: VersionRange) =>
    [...tables.tickets.values()]
      .map((ticket) => ticket.head)
      .filter((head) => within(head.version, range))
      .toSorted((a, b) => a.version - b.version);
  const entriesIn = (range: VersionRange) =>
    [...tables.entries.values()]
      .filter((entry) => within(entry.version, range))
      .toSorted(byVersionThenId);
  const ledger = () => [...tables.ledger.values()];
  const sees = (viewer: Viewer) => (head: TicketHead) =>
    maySee(viewer, { teamId: head.teamId, assigneeId: head.assignee.value });
  const keeps = (viewer: Viewer) => (head: TicketHead) =>
    !tables.retired.has(head.id) && sees(viewer)(head);
  const headOf = (id: string) => tables.tickets.get(id)?.head;
  const rowFor = (consoleId: string) => (head: TicketHead) => ({
    id: head.id,
    headJson: JSON.stringify(head),
    decidedSeq: ledger()
      .filter((row) => row.consoleId === consoleId && row.ticketId === head.id)
      .reduce((highest, row) => Math.max(highest, row.seq), 0),
  });
  return {
    counter: async () => tables.counter,
    markOf: async (version) => tables.marks.get(version) ?? null,
    fittingEnd: async (range, maxSize) => {
      const sized = [...changed(range), ...entriesIn(range)]
        .map((each) => ({ version: each.version, size: JSON.stringify(each).length }))
        .toSorted((a, b) => a.version - b.version);
      let total = 0;
      const first = sized[0]?.version;
      for (const { version, size } of sized) {
        total += size;
        if (total > maxSize && version !== first) return version - 1;
      }
      return range.upTo;
    },
    rows: async (range, { viewer, consoleId }) =>
      changed(range).filter(keeps(viewer)).map(rowFor(consoleId)),
    rowsWithSteps: async (after, rules, { viewer, consoleId }) =>
      changed({ after, upTo: tables.counter.version })
        .filter((head) => head.policySteps.some((step) => step.rules === rules))
        .filter(keeps(viewer))
        .map(rowFor(consoleId)),
    rowsById: async (ids, { viewer, consoleId }) =>
      ids
        .flatMap((id) => headOf(id) ?? [])
        .filter(sees(viewer))
        .map(rowFor(consoleId)),
    entries: async (range, viewer) =>
      entriesIn(range)
        .filter(({ ticketId }) => {
          const head = headOf(ticketId);
          return head !== undefined && keeps(viewer)(head);
        })
        .map((entry) => JSON.stringify(entry)),
    entriesOf: async (ids) => {
      const asked = new Set(ids);
      return [...tables.entries.values()]
        .filter(({ ticketId }) => asked.has(ticketId))
        .map((entry) => ({ ticketId: entry.ticketId, json: JSON.stringify(entry) }));
    },
    sight: async (range, viewer) => {
      const audiences = new Set(audiencesOf(viewer));
      return tables.sight
        .filter(({ version, audience }) => within(version, range) && audiences.has(audience))
        .filter(({ ticketId, kind }) => {
          const head = headOf(ticketId);
          return (head !== undefined && keeps(viewer)(head)) === (kind === 'gained');
        });
    },
    kept: async (viewer) => {
      const heads = [...tables.tickets.values()].map(({ head }) => head).filter(keeps(viewer));
      return {
        open: heads.filter((head) => isOpen(head.status.value)),
        ended: heads
          .filter((head) => !isOpen(head.status.value))
          .toSorted((a, b) => b.version - a.version)
          .map((head) => head.id),
      };
    },
    toRetire: async (endedBefore, limit) =>
      [...tables.tickets.values()]
        .map(({ head }) => head)
        .filter((head) => !isOpen(head.status.value) && head.status.at < endedBefore)
        .filter((head) => !tables.retired.has(head.id))
        .slice(0, limit)
        .map((head) => head.id),
    agent: async (id) => tables.agents.get(id)?.agent ?? null,
    agentsIn: async (range) =>
      [...tables.agents.values()]
        .map((record) => record.agent)
        .filter((agent) => within(agent.version, range)),
    policy: async () => tables.policies.at(-1) ?? null,
    policies: async () => [...tables.policies],
    heads: async (ids) => ids.flatMap((id) => tables.tickets.get(id)?.head ?? []),
    timeline: async (ticketId) =>
      [...tables.entries.values()]
        .filter((entry) => entry.ticketId === ticketId)
        .toSorted(byTimeline),
    ticketIdOf: async (reference) =>
      [...tables.tickets.values()].find((each) => each.head.reference === reference)?.head.id ??
      null,
    unclosedHeads: async (after, limit) =>
      [...tables.tickets.values()]
        .map((each) => each.head)
        .filter((head) => head.status.value !== 'closed' && (after === null || head.id > after))
        .toSorted((a, b) => compareText(a.id, b.id))
        .slice(0, limit),
    openHeads: async (limit) =>
      [...tables.tickets.values()]
        .map((each) => each.head)
        .filter((head) => isOpen(head.status.value))
        .toSorted((a, b) => b.version - a.version)
        .slice(0, limit),
    countTickets: async () => tables.tickets.size,
    oldestSubmittedAt: async () =>
      [...tables.tickets.values()].reduce<number | null>(
        (oldest, { head }) => Math.min(oldest ?? head.submittedAt, head.submittedAt),
        null,
      ),
    teamIds: async () => [...new Set([...tables.tickets.values()].map((each) => each.head.teamId))],
    taken: async ({ ticketIds, references, entryIds }) => {
      const known = new Set([...tables.tickets.values()].map((each) => each.head.reference));
      return [
        ...ticketIds.filter((id) => tables.tickets.has(id)),
        ...references.filter((reference) => known.has(reference)),
        ...entryIds.filter((id) => tables.entries.has(id)),
      ];
    },
    toSettle: async (at, limit) =>
      [...tables.tickets.values()]
        .filter((each) => each.settleAt !== null && each.settleAt <= at)
        .toSorted((a, b) => (a.settleAt ?? 0) - (b.settleAt ?? 0))
        .slice(0, limit)
        .map((each) => each.head.id),
    ledger: async (commandIds) => commandIds.flatMap((id) => tables.ledger.get(id) ?? []),
    openHeld: async (places) =>
      ledger().filter(
        (row) =>
          row.outcome.kind === 'held' &&
          row.resolution === null &&
          places.some(
            (place) => place.consoleId === row.consoleId && place.ticketId === row.ticketId,
          ),
      ),
    agents: async () => [...tables.agents.values()],
    agentByToken: async (tokenHash) =>
      [...tables.agents.values()].find((each) => each.tokenHash === tokenHash)?.agent ?? null,
  };
}

function byVersionThenId(a: Entry, b: Entry): number {
  return a.version - b.version || compareText(a.id, b.id);
}

function byTimeline(a: Entry, b: Entry): number {
  return a.version - b.version || a.acceptedAt - b.acceptedAt || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
