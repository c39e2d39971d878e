import type { FromReplica } from '../../renderer/replica/messages.ts';
import { parsePage } from '../../renderer/replica/parse-page.ts';
import type { ToMain, ToWorker } from '../../shared/bridge/replica-port.ts';
import { MAX_FETCHED, fetchedEnvelopeSchema } from '../../shared/protocol/fetch-rows.ts';
import { splitPage } from '../../shared/protocol/page.ts';
import { pageEntriesSchema, pageRowsSchema } from '../../shared/protocol/pull.ts';
import type { DiskFaults } from './disk.ts';
import type { Prng } from './prng.ts';
import type { End, Process } from './process.ts';
import { emptyReplica, withFetched, withPage } from './replica-disk.ts';
import type { ReplicaContents } from './replica-disk.ts';

/** The replica of a machine, over all its workers. */
export type ReplicaDisk = {
  now: () => ReplicaContents;
  cut: (end: End) => void;
  lose: () => void;
  start: (worker: Worker) => (message: ToWorker) => void;
};

/** What the page hears: also which tickets it has no more. */
export type PageNews = FromReplica | { kind: 'has'; ids: readonly string[] };

type Worker = {
  process: Process;
  toPage: (message: PageNews) => void;
  toMain: (message: ToMain) => void;
};

/** Stands in until the replica's own logic runs on a store that is passed in. */
export function replicaDisk(
  nowMs: () => number,
  random: Prng,
  faults: DiskFaults,
  written: () => void,
): ReplicaDisk {
  let versions: ReplicaContents[] = [emptyReplica];
  const now = (): ReplicaContents => versions.at(-1) ?? emptyReplica;

  const start = ({ process, toPage, toMain }: Worker) => {
    let work: Promise<void> = Promise.resolve();
    const progress = { held: 0, wanted: 0 };
    const standing = () => {
      const { cursor, rows, wanted } = now();
      return {
        cursor,
        wanted: wanted.slice(0, MAX_FETCHED),
        wantedCount: wanted.length,
        held: rows.size,
      };
    };
    const store = (next: () => ReplicaContents): Promise<void> =>
      process.step(`replica store`, random.int(0, 5), () => {
        if (nowMs() < faults.fullUntilMs) throw new Error('QuotaExceededError');
        versions = [...versions, next()].slice(-3);
        written();
      });
    const hello = async (): Promise<void> => {
      await process.step('replica opens', random.int(0, 8), () => {
        toPage({ kind: 'heads', rows: [...now().rows.values()] });
        const { cursor, policy } = now();
        toPage({ kind: 'opened', synced: cursor !== null, policy, progress });
        toMain({ kind: 'hello', ...standing() });
      });
    };
    const failed = (message: string): void => {
      toMain({ kind: 'failed', message });
      process.timers.after(1_000, () => {
        next(hello);
      });
    };
    const next = (step: () => Promise<void>): void => {
      work = work.then(step).catch((thrown: unknown) => {
        failed(String(thrown));
      });
    };
    const reset = async (): Promise<void> => {
      await store(() => emptyReplica);
      toPage({ kind: 'reset' });
      toMain({ kind: 'hello', ...standing() });
    };
    const stored = (): void => {
      const { rows, policy } = now();
      toPage({
        kind: 'changed',
        rows: [...rows.values()],
        entries: [],
        removed: [],
        listed: null,
        policy,
        progress,
      });
      toPage({ kind: 'has', ids: [...rows.keys()] });
      toMain({ kind: 'stored', ...standing() });
    };
    const receivePage = async (bytes: Uint8Array): Promise<void> => {
      const page = parsePage(bytes);
      if (!page.ok) {
        failed(page.error);
        return;
      }
      const { cursor } = now();
      const { envelope } = page.value;
      if (cursor !== null && envelope.cursor.epoch !== cursor.epoch) return reset();
      if ((envelope.from?.version ?? 0) !== (cursor?.version ?? 0)) {
        failed('gap');
        return undefined;
      }
      await store(() => withPage(now(), page.value));
      stored();
    };
    const receiveRows = async (bytes: Uint8Array): Promise<void> => {
      const parts = splitPage(bytes);
      if (!parts.ok) {
        failed(parts.error.message);
        return;
      }
      const json = (part: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(part));
      const fetched = {
        envelope: fetchedEnvelopeSchema.parse(json(parts.value.envelope)),
        rows: pageRowsSchema.parse(json(parts.value.rows)),
        entries: pageEntriesSchema.parse(json(parts.value.entries)),
      };
      if (fetched.envelope.epoch !== now().cursor?.epoch) return;
      await store(() => withFetched(now(), fetched));
      stored();
    };
    next(hello);
    return (message: ToWorker): void => {
      next(async () => {
        if (message.kind === 'page') await receivePage(message.bytes);
        else if (message.kind === 'rows') await receiveRows(message.bytes);
        else await reset();
      });
    };
  };

  return {
    now,
    start,
    lose: () => {
      versions = [emptyReplica];
    },
    cut: (end) => {
      if (end === 'power') versions = versions.slice(0, random.int(1, versions.length));
    },
  };
}
