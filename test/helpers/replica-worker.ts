import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { dexieReplicaStore } from '../../renderer/replica/dexie-replica-store.ts';
import type { FromReplica } from '../../renderer/replica/messages.ts';
import type { ReplicaStore } from '../../renderer/replica/replica-store.ts';
import { serveReplica } from '../../renderer/replica/serve.ts';
import type { ToMain } from '../../shared/bridge/replica-port.ts';

type Planned = { step: () => void; ms: number };

/** How long the worker gives a database to open. */
export const OPEN_MS = 5_000;

/**
 * A replica's worker with both its sides. What it plans for later waits for the test, told apart by its delay:
 * trying again takes whole seconds, and what is done at rest less than one.
 */
export function replicaWorker(indexedDB = new IDBFactory(), open?: (name: string) => ReplicaStore) {
  const openReal = (name: string): ReplicaStore =>
    dexieReplicaStore(name, { indexedDB, IDBKeyRange });
  const said: FromReplica[] = [];
  const toMain: ToMain[] = [];
  const order: string[] = [];
  const planned: Planned[] = [];
  const serve = serveReplica({
    post: (message) => {
      said.push(message);
      order.push(`page ${message.kind}`);
    },
    open: open ?? openReal,
    later: (step, ms) => planned.push({ step, ms }),
  });
  const { port1, port2 } = new MessageChannel();
  // The worker's end as its own messages leave it, before they travel.
  const post = port2.postMessage.bind(port2);
  port2.postMessage = (message: ToMain) => {
    toMain.push(message);
    order.push(`main ${message.kind}`);
    post(message);
  };
  const pass = (isIt: (ms: number) => boolean): number | null => {
    const index = planned.findIndex(({ ms }) => isIt(ms));
    const [next] = index === -1 ? [] : planned.splice(index, 1);
    next?.step();
    return next?.ms ?? null;
  };
  return {
    said,
    toMain,
    order,
    openReal,
    serve,
    open: () => {
      serve({ kind: 'open', name: 'r' });
      serve({ kind: 'port' }, port2);
    },
    page: (bytes: Uint8Array, accepted = false) => {
      port1.postMessage({ kind: 'page', bytes, accepted });
    },
    rows: (bytes: Uint8Array) => {
      port1.postMessage({ kind: 'rows', bytes });
    },
    reset: () => {
      port1.postMessage({ kind: 'reset' });
    },
    isWaitingToTryAgain: () => planned.some(({ ms }) => isRetry(ms)),
    /** The next try comes; its wait in ms. */
    tryAgain: () => pass(isRetry),
    /** The time to open a database is over. */
    giveUpOpening: () => pass((ms) => ms === OPEN_MS),
    /** The worker is at rest: one slice of what there is to do is begun. False where there is none. */
    rest: () => pass((ms) => ms < 1_000) !== null,
    end: () => {
      port1.close();
      port2.close();
    },
  };
}

function isRetry(ms: number): boolean {
  return ms >= 1_000 && ms !== OPEN_MS;
}
