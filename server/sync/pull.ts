import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import { joinPage } from '../../shared/protocol/page.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import type { PageEnvelope, PullRequest, Removal } from '../../shared/protocol/pull.ts';
import type { Reading, Store, VersionRange } from '../store/contract.ts';
import type { Counter } from '../store/rows.ts';
import { rowsJson } from './row-json.ts';
import { visibleList } from './visible-list.ts';

/** Characters of rows and entries that a page is cut at; one version alone may be longer (S1). */
export const MAX_PAGE_SIZE = 8_000_000;

const utf8 = new TextEncoder();
const noRows = utf8.encode('[]');

export type UnknownCursor = { kind: 'unknown-cursor'; message: string };

export type PullFault = UnknownCursor | { kind: 'unauthenticated'; message: string };

/**
 * The page after a cursor (S1) for an agent, by the rights of the same snapshot (S14). `current` is the newest counter
 * where this process may answer from memory, null where it must ask the store (S6).
 */
export async function pullPage(
  store: Store,
  request: PullRequest,
  agentId: string,
  current: Counter | null,
  nowMs: number,
  maxSize = MAX_PAGE_SIZE,
): Promise<Result<Uint8Array, PullFault>> {
  const empty = current === null ? null : nothingNew(request, current, nowMs);
  if (empty !== null) return ok(empty);
  return store.read(async (snapshot) => {
    const counter = await snapshot.counter();
    const after = await startOf(snapshot, counter, request.cursor);
    if (!after.ok) return after;
    if (request.cursor !== null && after.value === counter.version)
      return ok(emptyPage(request.cursor, counter, nowMs));
    const viewer = await snapshot.agent(agentId);
    if (viewer === null) return err({ kind: 'unauthenticated', message: 'No such agent.' });
    return ok(
      request.cursor === null
        ? await firstPage(snapshot, counter, viewer, nowMs)
        : await fullPage(snapshot, counter, after.value, request, { viewer, nowMs, maxSize }),
    );
  });
}

/** A first sync's page: all that there is to fetch, and no row yet (S8). */
async function firstPage(
  snapshot: Reading,
  counter: Counter,
  viewer: Agent,
  nowMs: number,
): Promise<Uint8Array> {
  const envelope: PageEnvelope = {
    ...envelopeOf(null, counter, nowMs),
    policy: await snapshot.policy(),
    agents: [...(await snapshot.agentsIn({ after: 0, upTo: counter.version }))],
    list: await visibleList(snapshot, viewer, 'first-sync', deskTime(counter, nowMs)),
  };
  return joinPage({
    envelope: utf8.encode(JSON.stringify(envelope)),
    rows: noRows,
    entries: noRows,
  });
}

/** The page that says that there is nothing new after the cursor (S6), whoever asks; null where there may be. */
export function nothingNew(
  request: PullRequest,
  current: Counter,
  nowMs: number,
): Uint8Array | null {
  return isNewest(request, current) ? emptyPage(request.cursor, current, nowMs) : null;
}

function isNewest(request: PullRequest, known: Counter): boolean {
  const { cursor } = request;
  return (
    cursor !== null &&
    known.version >= request.atLeast &&
    cursor.epoch === known.epoch &&
    cursor.version === known.version &&
    cursor.mark === known.mark
  );
}

/** The version that a cursor stands for, if it is of this desk's life (S7). */
async function startOf(
  snapshot: Reading,
  counter: Counter,
  cursor: Cursor | null,
): Promise<Result<number, UnknownCursor>> {
  if (cursor === null) return ok(0);
  if (cursor.epoch !== counter.epoch)
    return err({ kind: 'unknown-cursor', message: 'The cursor is of another epoch.' });
  const mark = await snapshot.markOf(cursor.version);
  if (mark !== cursor.mark)
    return err({ kind: 'unknown-cursor', message: 'This desk never gave that cursor.' });
  return ok(cursor.version);
}

async function fullPage(
  snapshot: Reading,
  counter: Counter,
  after: number,
  request: PullRequest,
  { viewer, nowMs, maxSize }: { viewer: Agent; nowMs: number; maxSize: number },
): Promise<Uint8Array> {
  const asker = { viewer, consoleId: request.consoleId };
  const wanted = Math.min(counter.version, after + request.limit);
  const upTo = await snapshot.fittingEnd({ after, upTo: wanted }, maxSize);
  const range = { after, upTo };
  const policy = await policyFor(snapshot, counter, range);
  const rows = [
    ...(await snapshot.rows(range, asker)),
    // Facts of these rules on tickets that have changed again since: their own page comes later (C14).
    ...(policy === null || upTo === counter.version
      ? []
      : await snapshot.rowsWithSteps(upTo, policy.rules, asker)),
  ];
  const entries = await snapshot.entries(range, viewer);
  const mark = upTo === counter.version ? counter.mark : await snapshot.markOf(upTo);
  const isChanged = viewer.version > after && viewer.version <= upTo;
  const envelope: PageEnvelope = {
    ...envelopeOf(request.cursor, counter, nowMs),
    cursor: { epoch: counter.epoch, version: upTo, mark: mark ?? counter.mark },
    more: upTo < counter.version,
    policy,
    agents: [...(await snapshot.agentsIn(range))],
    ...(await sightOf(snapshot, range, viewer)),
    list: isChanged
      ? await visibleList(snapshot, viewer, 'rights', deskTime(counter, nowMs))
      : null,
  };
  return joinPage({
    envelope: utf8.encode(JSON.stringify(envelope)),
    rows: rowsJson(rows),
    entries: utf8.encode(`[${entries.join(',')}]`),
  });
}

/** What the agent lost and got in the range, each ticket once (S14). */
async function sightOf(
  snapshot: Reading,
  range: VersionRange,
  viewer: Agent,
): Promise<Pick<PageEnvelope, 'removals' | 'gained'>> {
  const removals = new Map<string, Removal>();
  const gained = new Set<string>();
  for (const { kind, ticketId, cause } of await snapshot.sight(range, viewer)) {
    if (kind === 'gained') gained.add(ticketId);
    else removals.set(ticketId, { ticketId, cause });
  }
  return { removals: [...removals.values()], gained: [...gained] };
}

/**
 * The policy in force goes with the page that its version is in: the tickets' facts that belong to it lie before it,
 * so a console has them by then (C14).
 */
async function policyFor(
  snapshot: Reading,
  { policyVersion }: Counter,
  { after, upTo }: VersionRange,
): Promise<PageEnvelope['policy']> {
  return policyVersion > after && policyVersion <= upTo ? snapshot.policy() : null;
}

function emptyPage(from: Cursor | null, counter: Counter, nowMs: number): Uint8Array {
  return joinPage({
    envelope: utf8.encode(JSON.stringify(envelopeOf(from, counter, nowMs))),
    rows: noRows,
    entries: noRows,
  });
}

function envelopeOf(from: Cursor | null, counter: Counter, nowMs: number): PageEnvelope {
  return {
    protocol: PROTOCOL_VERSION,
    deskId: counter.deskId,
    from,
    cursor: { epoch: counter.epoch, version: counter.version, mark: counter.mark },
    more: false,
    headVersion: counter.version,
    now: deskTime(counter, nowMs),
    policy: null,
    agents: [],
    removals: [],
    gained: [],
    list: null,
    safe: counter.safe,
  };
}

/** Desk time, ms since epoch: this machine's clock, but never before what was accepted (C6, C9). */
export function deskTime(counter: Counter, nowMs: number): number {
  return Math.max(counter.acceptedAt, nowMs);
}
