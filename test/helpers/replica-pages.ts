import type { Parsed, ParsedPage } from '../../renderer/replica/parse-page.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import { joinPage } from '../../shared/protocol/page.ts';
import type { PageEnvelope } from '../../shared/protocol/pull.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import { submit } from '../../shared/tickets/intake.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

const at = Date.parse('2026-11-23T09:00:00Z');
const utf8 = new TextEncoder();

export type Change = { id: string; version: number; decidedSeq?: number };

export function cursorAt(version: number, epoch = 'e1'): Cursor {
  return { epoch, version, mark: '00000000000000aa' };
}

/** A ticket's row at a version, and the entry that came with it. */
export function changed({ id, version, decidedSeq = 0 }: Change): {
  row: TicketRow;
  entry: Entry;
} {
  const customer = { id: 'c', organisation: 'O', contact: 'C', address: 'c@x.example' };
  const { head, entries } = submit(
    {
      id,
      reference: `VH-${id}`,
      subject: `At ${version}, für ${id}`,
      text: `Text ${version}`,
      customer: { ...customer, licence: 'saas' },
      channel: 'web',
      teamId: 't1',
      asked: null,
      receivedAt: at,
    },
    { version, acceptedAt: at },
  );
  const [entry] = entries;
  if (entry === undefined) throw new Error('a ticket begins with a message');
  return { row: { head, decidedSeq }, entry: { ...entry, id: entryId(id, version) } };
}

export function entryId(ticketId: string, version: number): string {
  return `${ticketId}-${version}/0`;
}

/** A page that holds one change of each ticket named, at these versions, with the bytes it would be parsed from. */
export function page(
  from: number | null,
  changes: readonly Change[],
  { epoch = 'e1', to, ...rest }: Partial<PageEnvelope> & { epoch?: string; to?: number } = {},
): ParsedPage {
  const end = to ?? Math.max(from ?? 0, ...changes.map(({ version }) => version));
  const envelope: PageEnvelope = {
    protocol: 1,
    deskId: 'd',
    from: from === null ? null : cursorAt(from, epoch),
    cursor: cursorAt(end, epoch),
    more: false,
    headVersion: end,
    now: at,
    policy: null,
    agents: [],
    removals: [],
    gained: [],
    list: null,
    safe: null,
    ...rest,
  };
  return parsed(envelope, changes.map(changed));
}

/** Tickets fetched by id, each as it is at this version. */
export function fetched(
  changes: readonly Change[],
  {
    epoch = 'e1',
    gone = [] as string[],
    entries = null as Entry[] | null,
    version = Math.max(0, ...changes.map((each) => each.version)),
  } = {},
): Parsed<FetchedEnvelope> {
  const envelope = { protocol: 1, deskId: 'd', epoch, version, now: at, gone };
  const made = parsed(envelope, changes.map(changed));
  return entries === null ? made : withEntries(made, entries);
}

/** As it goes over the wire. */
export function toBytes({ envelope, rows, entries }: Parsed<unknown>): Uint8Array {
  const json = (value: unknown): Uint8Array => utf8.encode(JSON.stringify(value));
  return joinPage({ envelope: json(envelope), rows: json(rows), entries: json(entries) });
}

function parsed<T>(envelope: T, made: { row: TicketRow; entry: Entry }[]): Parsed<T> {
  const rows = made.map(({ row }) => row);
  return withEntries(
    { envelope, rows, entries: [], bytes: null },
    made.map(({ entry }) => entry),
  );
}

function withEntries<T>(of: Parsed<T>, entries: Entry[]): Parsed<T> {
  const json = (value: unknown): Uint8Array => utf8.encode(JSON.stringify(value));
  return { ...of, entries, bytes: { rows: json(of.rows), entries: json(entries) } };
}

export function manyIds(count: number, prefix = 'T'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(5, '0')}`);
}
