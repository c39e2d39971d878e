import { MessageChannelMain } from 'electron';
import type { WebFrameMain } from 'electron';
import { REPLICA_PORT } from '../../shared/bridge/preload-api.ts';
import type { ReplicaPort } from './replica-feed.ts';

/** Opens a channel to the replica's worker: one end goes to the page, which hands it on (S15). */
export function openReplicaPort(frame: WebFrameMain): ReplicaPort {
  const { port1, port2 } = new MessageChannelMain();
  frame.postMessage(REPLICA_PORT, null, [port1]);
  return {
    post: (message) => {
      port2.postMessage(message);
    },
    listen: (listener) => {
      port2.on('message', (event) => {
        listener(event.data);
      });
      port2.start();
    },
    close: () => {
      port2.close();
    },
  };
}
