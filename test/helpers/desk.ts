import type { z } from 'zod';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import { MAX_FETCHED, fetchedEnvelopeSchema } from '../../shared/protocol/fetch-rows.ts';
import { splitPage } from '../../shared/protocol/page.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import {
  pageEntriesSchema,
  pageEnvelopeSchema,
  pageRowsSchema,
} from '../../shared/protocol/pull.ts';
import type { PageEnvelope } from '../../shared/protocol/pull.ts';
import { pushAnswerSchema } from '../../shared/protocol/push.ts';
import type { PushAnswer } from '../../shared/protocol/push.ts';
import type { Action, Command } from '../../shared/tickets/command.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { Submission } from '../../shared/tickets/intake.ts';
import type { OutcomeKind } from '../../shared/tickets/outcome.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken } from '../../server/agents/tokens.ts';
import { startDesk } from '../../server/desk.ts';
import type { Desk } from '../../server/desk.ts';
import type { Store } from '../../server/store/contract.ts';
import { thisMachine } from '../../server/surroundings.ts';
import type { Surroundings } from '../../server/surroundings.ts';
import { readCommands } from '../../server/sync/parse-commands.ts';
import { fetchRows } from '../../server/sync/fetch-rows.ts';
import { pullPage } from '../../server/sync/pull.ts';

/** A Monday at noon, UTC. */
export const TEST_NOW = Date.UTC(2026, 10, 23, 12);

/** A clock that stands until it is moved, ids and marks that count up. */
export type TestSurroundings = Surroundings & { setNow: (ms: number) => void; lines: string[] };

export function testSurroundings(startAt = TEST_NOW): TestSurroundings {
  let now = startAt;
  let count = 0;
  const lines: string[] = [];
  const next = () => (count += 1).toString(16).padStart(16, '0');
  return {
    nowMs: () => now,
    setNow: (ms) => {
      now = ms;
    },
    newMark: () => `a${next().slice(1)}`,
    newId: () => `id-${next()}`,
    timers: thisMachine(() => undefined).timers,
    log: (line) => lines.push(line),
    lines,
  };
}

export type TestDesk = { desk: Desk; around: TestSurroundings; agents: [Agent, Agent] };

/** A desk on a store, with two agents whose tokens are `tokenOf(id)`. */
export async function testDesk(store: Store, around = testSurroundings()): Promise<TestDesk> {
  const desk = await startDesk(store, around);
  const add = (id: string, name: string) =>
    putAgent(desk, { id, name, role: 'agent', teamIds: ['web'] }, hashToken(tokenOf(id)));
  return { desk, around, agents: [await add('ann', 'Ann'), await add('bob', 'Bob')] };
}

export function tokenOf(agentId: string): string {
  return `${agentId}-token-0123456789-0123456789`;
}

export function submission(
  id: string,
  given: Partial<Submission> = {},
): Omit<Submission, 'reference'> {
  return {
    id,
    subject: `Subject of ${id}`,
    text: `Text of ${id}`,
    customer: {
      id: 'acme',
      organisation: 'Acme',
      contact: 'Cleo',
      address: 'cleo@example.com',
      licence: 'saas',
    },
    channel: 'email',
    teamId: 'web',
    asked: null,
    receivedAt: TEST_NOW,
    ...given,
  };
}

/** A console that makes commands in order and pulls, and holds what it pulled. */
export type TestConsole = {
  consoleId: string;
  agent: Agent;
  command: (ticketId: string, action: Action, given?: Partial<Command>) => Command;
  push: (...commands: unknown[]) => Promise<PushAnswer[]>;
  /** One page, checked by its schemas and kept. */
  pull: (options?: { limit?: number; maxSize?: number }) => Promise<PageEnvelope>;
  pullToHead: (options?: { limit?: number; maxSize?: number }) => Promise<PageEnvelope[]>;
  cursor: () => Cursor | null;
  rows: Map<string, TicketRow>;
  entries: Map<string, Entry>;
};

export function testConsole(
  desk: Desk,
  agent: Agent,
  consoleId: string,
  /** With pages from the desk's beginning, not with a list and rows by id (S8). */
  { fromBeginning = false } = {},
): TestConsole {
  let seq = 0;
  let cursor: Cursor | null = fromBeginning
    ? { epoch: desk.known().epoch, version: 0, mark: '0'.repeat(16) }
    : null;
  const rows = new Map<string, TicketRow>();
  const entries = new Map<string, Entry>();
  const wanted = new Set<string>();
  const pull: TestConsole['pull'] = async ({ limit = 500, maxSize } = {}) => {
    const request = { protocol: PROTOCOL_VERSION, consoleId, cursor, limit, atLeast: 0 };
    const now = desk.around.nowMs();
    const page = await pullPage(desk.store, request, agent.id, desk.current(), now, maxSize);
    if (!page.ok) throw new Error(page.error.message);
    const parsed = parsePage(page.value);
    const { list, removals, gained } = parsed.envelope;
    keep(parsed);
    for (const { ticketId } of removals) drop(ticketId);
    for (const id of gained) wanted.add(id);
    if (list !== null) takeList([...list.open, ...list.ended]);
    cursor = parsed.envelope.cursor;
    while (wanted.size > 0) await fetchWanted(cursor.epoch, maxSize);
    return parsed.envelope;
  };
  const keep = (page: { rows: TicketRow[]; entries: Entry[] }): void => {
    for (const row of page.rows) rows.set(row.head.id, row);
    for (const entry of page.entries) entries.set(entry.id, entry);
  };
  const drop = (ticketId: string): void => {
    rows.delete(ticketId);
    wanted.delete(ticketId);
    for (const entry of entries.values()) if (entry.ticketId === ticketId) entries.delete(entry.id);
  };
  const takeList = (ids: readonly string[]): void => {
    const listed = new Set(ids);
    for (const id of rows.keys()) if (!listed.has(id)) drop(id);
    for (const id of ids) if (!rows.has(id)) wanted.add(id);
  };
  const fetchWanted = async (epoch: string, maxSize?: number): Promise<void> => {
    const ids = [...wanted].slice(0, MAX_FETCHED);
    const request = { protocol: PROTOCOL_VERSION, consoleId, epoch, ids, entries: true };
    const page = await fetchRows(desk.store, request, agent.id, desk.around.nowMs(), maxSize);
    if (!page.ok) throw new Error(page.error.message);
    const fetched = parseFetched(page.value);
    keep(fetched);
    for (const { head } of fetched.rows) wanted.delete(head.id);
    for (const id of fetched.envelope.gone) drop(id);
  };
  return {
    consoleId,
    agent,
    command: (ticketId, action, given = {}) => {
      seq += 1;
      return {
        id: commandId(consoleId, seq),
        agentId: agent.id,
        consoleId,
        seq,
        after: null,
        ticketId,
        baseVersion: rows.get(ticketId)?.head.version ?? 1_000_000,
        threadSeen: 1_000_000,
        writtenAt: TEST_NOW,
        notBefore: null,
        undoes: null,
        afterRestore: false,
        action,
        ...given,
      };
    },
    push: async (...commands) => {
      const answers = await desk.push({
        agent,
        consoleId,
        commands: readCommands(commands, agent.id, consoleId),
      });
      return answers.map((answer) => pushAnswerSchema.parse(answer));
    },
    pull,
    pullToHead: async (options) => {
      const pages = [await pull(options)];
      while (pages.at(-1)?.more === true) pages.push(await pull(options));
      return pages;
    },
    cursor: () => cursor,
    rows,
    entries,
  };
}

/** The three parts of a page, by their schemas. */
export function parsePage(bytes: Uint8Array) {
  return parseParts(bytes, pageEnvelopeSchema);
}

/** The same of fetched rows (S8). */
export function parseFetched(bytes: Uint8Array) {
  return parseParts(bytes, fetchedEnvelopeSchema);
}

function parseParts<Envelope extends z.ZodType>(bytes: Uint8Array, envelopeSchema: Envelope) {
  const split = splitPage(bytes);
  if (!split.ok) throw new Error(split.error.message);
  const json = (part: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(part));
  return {
    envelope: envelopeSchema.parse(json(split.value.envelope)),
    rows: pageRowsSchema.parse(json(split.value.rows)),
    entries: pageEntriesSchema.parse(json(split.value.entries)),
  };
}

function commandId(consoleId: string, seq: number): string {
  let hash = 0;
  for (const char of consoleId) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  const tail = seq.toString(16).padStart(12, '0');
  return `${hash.toString(16).padStart(8, '0')}-0000-7000-8000-${tail}`;
}

/** What was decided on each command, or why nothing was. */
export function kinds(answers: readonly PushAnswer[]): (OutcomeKind | 'not-yet' | 'unreadable')[] {
  return answers.map((answer) => (answer.kind === 'decided' ? answer.outcome.kind : answer.kind));
}
