import type { TicketRow } from '../../shared/tickets/view.ts';
import { emptyMeta } from '../../main/watch/watch-store.ts';
import type { WatchMeta, WatchStore } from '../../main/watch/watch-store.ts';
import type { DiskFaults } from './disk.ts';
import type { Prng } from './prng.ts';
import type { End, Process } from './process.ts';

/** The watch table as it lies on a machine's disk (S13): each batch is there whole or not at all. */
export type WatchDisk = {
  open: (process: Process) => WatchStore;
  now: () => WatchContents;
  /** It is not fsynced: a power cut loses the newest batches. */
  cut: (end: End) => void;
  lose: () => void;
  /** So many of the next reads find what cannot be read. */
  damage: (reads: number) => void;
};

export type WatchContents = {
  readonly meta: WatchMeta;
  readonly rows: ReadonlyMap<string, TicketRow>;
  readonly topIds: readonly string[];
  /** In the order in which they are fetched. */
  readonly wanted: readonly string[];
};

const empty: WatchContents = { meta: emptyMeta, rows: new Map(), topIds: [], wanted: [] };
const READ_MS = 2;
const WRITE_MS = 4;
/** As many batches as a power cut may lose. */
const UNSAFE = 4;

export function watchDisk(
  nowMs: () => number,
  random: Prng,
  faults: DiskFaults,
  written: () => void,
): WatchDisk {
  let versions: WatchContents[] = [empty];
  let damagedReads = 0;
  const now = (): WatchContents => versions.at(-1) ?? empty;
  const put = (next: WatchContents): void => {
    if (nowMs() < faults.fullUntilMs) throw new Error('ENOSPC');
    versions = [...versions, next].slice(-UNSAFE);
    written();
  };
  const rowsOf = (rows: readonly TicketRow[]) => {
    const unreadable = damagedReads > 0 && rows.length > 0 ? 1 : 0;
    damagedReads -= unreadable;
    return { rows: rows.slice(unreadable), unreadable };
  };
  return {
    now,
    cut: (end) => {
      if (end === 'power') versions = versions.slice(0, random.int(1, versions.length));
      damagedReads = 0;
    },
    lose: () => {
      versions = [empty];
    },
    damage: (reads) => {
      damagedReads = reads;
    },
    open: (process) => ({
      meta: () =>
        process.step('watch meta', random.int(0, READ_MS), () => {
          const { meta } = now();
          // As the real one reads it.
          if (meta.revoked) return { ...emptyMeta, revoked: true };
          return meta.policy === null ? emptyMeta : meta;
        }),
      topIds: () => process.step('watch top', 0, () => [...now().topIds]),
      putTopIds: (topIds) =>
        process.step('watch put top', random.int(0, WRITE_MS), () => {
          put({ ...now(), topIds: [...topIds] });
        }),
      rows: (ids) =>
        process.step('watch rows', random.int(0, READ_MS), () =>
          rowsOf(ids.flatMap((id) => now().rows.get(id) ?? [])),
        ),
      async *allRows() {
        const all = await process.step('watch all', random.int(0, READ_MS), () => [
          ...now().rows.values(),
        ]);
        for (let at = 0; at < all.length; at += 3)
          yield process.step('watch some', random.int(0, READ_MS), () =>
            rowsOf(all.slice(at, at + 3)),
          );
      },
      wanted: () => process.step('watch wanted', 0, () => [...now().wanted]),
      store: ({ put: rows, remove, meta, struck, wanted }) =>
        process.step(
          `watch store ${meta.cursor?.version ?? 'nothing'}`,
          random.int(0, WRITE_MS),
          () => {
            const next = new Map(now().rows);
            for (const row of rows) next.set(row.head.id, row);
            for (const id of remove) next.delete(id);
            const gone = new Set(struck ?? []);
            const left = (wanted ?? now().wanted).filter((id) => !gone.has(id));
            put({ ...now(), rows: next, meta, wanted: left });
          },
        ),
      clear: () =>
        process.step('watch clear', random.int(0, WRITE_MS), () => {
          put(empty);
        }),
      close: () => Promise.resolve(),
    }),
  };
}
