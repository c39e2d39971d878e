import { isNewerRow } from '../../renderer/replica/newer-row.ts';
import type { FromReplica } from '../../renderer/replica/messages.ts';
import { parsePage } from '../../renderer/replica/parse-page.ts';
import type { ParsedPage } from '../../renderer/replica/parse-page.ts';
import type { ToMain, ToWorker } from '../../shared/bridge/replica-port.ts';
import type { DiskFaults } from './disk.ts';
import type { Prng } from './prng.ts';
import type { End, Process } from './process.ts';
import { emptyReplica } from './replica-disk.ts';
import type { ReplicaContents } from './replica-disk.ts';

/** The replica of a machine, over all its workers. */
export type ReplicaDisk = {
  now: () => ReplicaContents;
  cut: (end: End) => void;
  lose: () => void;
  start: (worker: Worker) => (message: ToWorker) => void;
};

type Worker = {
  process: Process;
  toPage: (message: FromReplica) => void;
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
    const standing = () => {
      const { cursor, rows } = now();
      return { cursor, wanted: [], wantedCount: 0, held: rows.size };
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
        toPage({ kind: 'opened', synced: cursor !== null, policy });
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
    const receivePage = async (bytes: Uint8Array): Promise<void> => {
      const page = parsePage(bytes);
      if (!page.ok) {
        failed(page.error);
        return;
      }
      const { cursor } = now();
      const { envelope } = page.value;
      if (cursor !== null && envelope.cursor.epoch !== cursor.epoch) return reset();
      if (envelope.from !== null && envelope.from.version > (cursor?.version ?? 0)) {
        failed('gap');
        return undefined;
      }
      const rows = page.value.rows.filter((row) => isNewerRow(row, now().rows.get(row.head.id)));
      await store(() => stored(now(), page.value));
      toPage({ kind: 'changed', rows, entries: page.value.entries, policy: now().policy });
      toMain({ kind: 'stored', ...standing() });
    };
    next(hello);
    return (message: ToWorker): void => {
      next(async () => {
        if (message.kind === 'page') await receivePage(message.bytes);
        else if (message.kind === 'reset') await reset();
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

function stored(before: ReplicaContents, page: ParsedPage): ReplicaContents {
  const rows = new Map(before.rows);
  for (const row of page.rows)
    if (isNewerRow(row, rows.get(row.head.id))) rows.set(row.head.id, row);
  const entries = new Map(before.entries);
  for (const entry of page.entries) entries.set(entry.id, entry);
  const agents = new Map(before.agents.map((agent) => [agent.id, agent]));
  for (const agent of page.envelope.agents) agents.set(agent.id, agent);
  const isLater = (before.cursor?.version ?? 0) < page.envelope.cursor.version;
  return {
    ...before,
    cursor: isLater ? page.envelope.cursor : before.cursor,
    policy: page.envelope.policy ?? before.policy,
    agents: [...agents.values()],
    rows,
    entries,
  };
}
