import {
  emptyReplicaMemory,
  memoryReplicaStore,
} from '../../renderer/replica/memory-replica-store.ts';
import type { FromReplica } from '../../renderer/replica/messages.ts';
import type { ReplicaStore } from '../../renderer/replica/replica-store.ts';
import { serveReplica } from '../../renderer/replica/serve.ts';
import type { ToMain, ToWorker } from '../../shared/bridge/replica-port.ts';
import type { DiskFaults } from './disk.ts';
import type { Prng } from './prng.ts';
import type { End, Process } from './process.ts';
import { readReplica } from './replica-disk.ts';
import type { ReplicaContents } from './replica-disk.ts';

/** The replica of a machine, over all its workers. */
export type ReplicaDisk = {
  now: () => ReplicaContents;
  /** Storage in a browser is not fsynced: a power cut loses the newest transactions. */
  cut: (end: End) => void;
  lose: () => void;
  /** Starts the real worker's logic; gives how to send it what main posts. */
  start: (worker: Worker) => (message: ToWorker) => void;
};

type Worker = {
  process: Process;
  toPage: (message: FromReplica) => void;
  toMain: (message: ToMain) => void;
};

const BEGIN_MS = 3;
const STORE_MS = 5;
/** As many transactions as a power cut may lose. */
const UNSAFE = 4;

export function replicaDisk(
  nowMs: () => number,
  random: Prng,
  faults: DiskFaults,
  written: () => void,
): ReplicaDisk {
  let memory = emptyReplicaMemory();
  let versions = [memory.contents];
  let read: { of: typeof memory.contents; contents: ReplicaContents } | null = null;

  const put = (contents: typeof memory.contents): void => {
    // Another memory, so that no transaction that was under way gets to it.
    memory = { contents, last: Promise.resolve() };
    versions = [contents];
  };

  const open = (process: Process): ReplicaStore => {
    const own = memory;
    const store = memoryReplicaStore(own, () => {
      if (nowMs() < faults.fullUntilMs) throw new Error('QuotaExceededError');
    });
    const kept = async <T>(change: () => Promise<T>): Promise<T> => {
      await process.step('replica begins', random.int(0, BEGIN_MS), () => undefined);
      const result = await change();
      if (own === memory) {
        versions = [...versions, own.contents].slice(-UNSAFE);
        written();
      }
      await process.step('replica stored', random.int(0, STORE_MS), () => undefined);
      return result;
    };
    return {
      ...store,
      write: (step) => kept(() => store.write(step)),
      drop: () => kept(() => store.drop()),
    };
  };

  const start = ({ process, toPage, toMain }: Worker): ((message: ToWorker) => void) => {
    let hear = (_event: MessageEvent<unknown>): void => undefined;
    const serve = serveReplica({
      post: toPage,
      open: () => open(process),
      later: (step, ms) => {
        process.timers.after(ms, step);
      },
    });
    const port: Pick<MessagePort, 'postMessage' | 'start' | 'close'> & {
      addEventListener: (type: string, listener: typeof hear) => void;
    } = {
      postMessage: toMain,
      start: () => undefined,
      close: () => undefined,
      addEventListener: (_type, listener) => {
        hear = listener;
      },
    };
    serve({ kind: 'open', name: 'replica' });
    serve({ kind: 'port' }, port as MessagePort);
    return (data) => {
      hear({ data } as MessageEvent<unknown>);
    };
  };

  return {
    now: () => {
      if (read?.of !== memory.contents)
        read = { of: memory.contents, contents: readReplica(memory.contents) };
      return read.contents;
    },
    start,
    lose: () => {
      put(emptyReplicaMemory().contents);
    },
    cut: (end) => {
      const left = end === 'power' ? versions[random.int(0, versions.length - 1)] : undefined;
      put(left ?? memory.contents);
    },
  };
}
