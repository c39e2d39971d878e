import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import { joinPage } from '../../shared/protocol/page.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import type { PageEnvelope, PullRequest } from '../../shared/protocol/pull.ts';
import type { Reading, Store, VersionRange } from '../store/contract.ts';
import type { Counter } from '../store/rows.ts';

/** Characters of rows and entries that a page is cut at; one version alone may be longer (S1). */
export const MAX_PAGE_SIZE = 8_000_000;

const utf8 = new TextEncoder();
const noRows = utf8.encode('[]');

export type UnknownCursor = { kind: 'unknown-cursor'; message: string };

/**
 * The page after a cursor (S1), read with the counter in one snapshot. `current` is the newest counter where this
 * process may answer from memory, null where it must ask the store (S6).
 */
export async function pullPage(
  store: Store,
  request: PullRequest,
  current: Counter | null,
  nowMs: number,
  maxSize = MAX_PAGE_SIZE,
): Promise<Result<Uint8Array, UnknownCursor>> {
  if (current !== null && isNewest(request, current))
    return ok(emptyPage(request.cursor, current, nowMs));
  return store.read(async (snapshot) => {
    const counter = await snapshot.counter();
    const after = await startOf(snapshot, counter, request.cursor);
    if (!after.ok) return after;
    if (after.value === counter.version) return ok(emptyPage(request.cursor, counter, nowMs));
    return ok(await fullPage(snapshot, counter, after.value, request, { nowMs, maxSize }));
  });
}

/** Is there nothing new for this cursor (S6)? */
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
  { nowMs, maxSize }: { nowMs: number; maxSize: number },
): Promise<Uint8Array> {
  const wanted = Math.min(counter.version, after + request.limit);
  const upTo = await snapshot.fittingEnd({ after, upTo: wanted }, maxSize);
  const range = { after, upTo };
  const policy = await policyFor(snapshot, counter, request.cursor, range);
  const rows = [
    ...(await snapshot.rows(range, request.consoleId)),
    // Facts of these rules on tickets that have changed again since: their own page comes later (C14).
    ...(policy === null || upTo === counter.version
      ? []
      : await snapshot.rowsWithSteps(upTo, policy.rules, request.consoleId)),
  ];
  const entries = await snapshot.entries(range);
  const mark = upTo === counter.version ? counter.mark : await snapshot.markOf(upTo);
  const envelope: PageEnvelope = {
    ...envelopeOf(request.cursor, counter, nowMs),
    cursor: { epoch: counter.epoch, version: upTo, mark: mark ?? counter.mark },
    more: upTo < counter.version,
    policy,
    agents: [...(await snapshot.agentsIn(range))],
  };
  const rowsJson = rows.map((row) => `{"head":${row.headJson},"decidedSeq":${row.decidedSeq}}`);
  return joinPage({
    envelope: utf8.encode(JSON.stringify(envelope)),
    rows: utf8.encode(`[${rowsJson.join(',')}]`),
    entries: utf8.encode(`[${entries.join(',')}]`),
  });
}

/**
 * The policy in force goes with the page that its version is in: the tickets' facts that belong to it lie before it,
 * so a console has them by then (C14). A console that has nothing yet has no older row either, and needs it at once.
 */
async function policyFor(
  snapshot: Reading,
  { policyVersion }: Counter,
  cursor: Cursor | null,
  { after, upTo }: VersionRange,
): Promise<PageEnvelope['policy']> {
  const isInRange = policyVersion > after && policyVersion <= upTo;
  return cursor === null || isInRange ? snapshot.policy() : null;
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
