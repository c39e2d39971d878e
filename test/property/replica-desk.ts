import type { Parsed, ParsedPage } from '../../renderer/replica/parse-page.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import { changed, fetched, page } from '../helpers/replica-pages.ts';

/** What a desk says to one agent's replica, by the contract of a page (S1, S8, S14), kept as simple as can be. */
export type ReplicaDesk = {
  version: () => number;
  /** A ticket changes; or it goes out of the agent's sight, or comes into it. */
  change: (id: string) => void;
  move: (id: string) => void;
  /** Other rights: these change sides at one version. */
  rights: (ids: readonly string[]) => void;
  pull: (cursor: Cursor | null, limit: number) => ParsedPage;
  /** Of the ids asked for, only so many fit. */
  fetch: (ids: readonly string[], fits: number) => Parsed<FetchedEnvelope>;
  /** Every ticket that the agent sees, with its version and those of its entries. */
  visible: () => Map<string, { version: number; entries: number[] }>;
  /** Versions at which this ticket, or whether the agent sees it, changed last. */
  lastChangeOf: (id: string) => number;
  isVisible: (id: string) => boolean;
};

type Ticket = {
  /** Those of its entries; the last one is the head's. */
  versions: number[];
  isVisible: boolean;
  /** When it came into sight, and out of it. */
  came: number[];
  left: number[];
};

export function replicaDesk(): ReplicaDesk {
  const tickets = new Map<string, Ticket>();
  const rightsChanges: number[] = [];
  let version = 0;

  const ticket = (id: string): Ticket => {
    const known = tickets.get(id);
    if (known !== undefined) return known;
    const made: Ticket = { versions: [], isVisible: true, came: [], left: [] };
    tickets.set(id, made);
    return made;
  };
  const turn = (of: Ticket): void => {
    of.isVisible = !of.isVisible;
    (of.isVisible ? of.came : of.left).push(version);
  };
  const headOf = ({ versions }: Ticket): number => versions.at(-1) ?? 0;
  const listed = (): string[] =>
    [...tickets].flatMap(([id, { isVisible }]) => (isVisible ? [id] : []));

  return {
    version: () => version,
    change: (id) => {
      version += 1;
      ticket(id).versions.push(version);
    },
    move: (id) => {
      version += 1;
      const moved = ticket(id);
      moved.versions.push(version);
      turn(moved);
    },
    rights: (ids) => {
      version += 1;
      rightsChanges.push(version);
      for (const id of ids) turn(ticket(id));
    },
    pull: (cursor, limit) => {
      if (cursor === null) {
        const list = { open: listed(), ended: [], cause: 'first-sync' as const };
        return page(null, [], { to: version, list });
      }
      const from = cursor.version;
      const to = Math.min(version, from + limit);
      const isIn = (at: number): boolean => at > from && at <= to;
      const seen = [...tickets].filter(([, { isVisible }]) => isVisible);
      const rows = seen.filter(([, each]) => isIn(headOf(each)));
      const made = page(
        from,
        rows.map(([id, each]) => ({ id, version: headOf(each) })),
        {
          to,
          headVersion: version,
          removals: [...tickets].flatMap(([ticketId, each]) =>
            !each.isVisible && each.left.some(isIn) ? [{ ticketId, cause: 'moved' as const }] : [],
          ),
          gained: seen.flatMap(([id, each]) => (each.came.some(isIn) ? [id] : [])),
          list: rightsChanges.some(isIn) ? { open: listed(), ended: [], cause: 'rights' } : null,
        },
      );
      const entries = seen.flatMap(([id, { versions }]) =>
        versions.filter(isIn).map((at) => changed({ id, version: at }).entry),
      );
      return { ...made, entries, bytes: null };
    },
    fetch: (ids, fits) => {
      const gone = ids.filter((id) => tickets.get(id)?.isVisible !== true);
      const found = ids.filter((id) => !gone.includes(id)).slice(0, fits);
      const of = found.map((id) => ({ id, ...ticket(id) }));
      return fetched(
        of.map((each) => ({ id: each.id, version: headOf(each) })),
        {
          gone,
          version,
          entries: of.flatMap(({ id, versions }) =>
            versions.map((at) => changed({ id, version: at }).entry),
          ),
        },
      );
    },
    visible: () =>
      new Map(
        [...tickets].flatMap(([id, each]) =>
          each.isVisible ? [[id, { version: headOf(each), entries: [...each.versions] }]] : [],
        ),
      ),
    lastChangeOf: (id) => {
      const { versions = [], came = [], left = [] } = tickets.get(id) ?? {};
      return Math.max(0, ...versions, ...came, ...left);
    },
    isVisible: (id) => tickets.get(id)?.isVisible === true,
  };
}
