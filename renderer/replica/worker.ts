import { config } from 'zod';
import { withFailpoints } from '../../shared/base/failpoint.ts';
import { armFailpoint } from './arm-failpoint.ts';
import type { ToReplica } from './messages.ts';

// Schemas look at this when they are made, so it comes before any of them is imported (X1).
config({ jitless: true });
if (withFailpoints) armFailpoint();

// The first messages may arrive before the import is done: each waits for it, in order.
const serving = Promise.all([import('./serve.ts'), import('./dexie-replica-store.ts')]).then(
  ([{ serveReplica }, { dexieReplicaStore }]) =>
    serveReplica({
      post: (message, transfer) => {
        globalThis.postMessage(message, { transfer });
      },
      open: dexieReplicaStore,
      later: (step, ms) => {
        setTimeout(step, ms);
      },
    }),
);

globalThis.addEventListener('message', (event: MessageEvent<ToReplica>) => {
  const [port] = event.ports;
  void serving.then((serve) => {
    serve(event.data, port);
  });
});
