import type { Entry } from '../../shared/tickets/entry.ts';
import type { FromReplica, ToReplica } from './messages.ts';

/** The page's side of the replica. */
export type Replica = {
  connect: (port: MessagePort) => void;
  /** Entries of a ticket in the desk's order; null where they could not be read. */
  timeline: (ticketId: string) => Promise<ReplicaTimeline>;
  /** Names the ticket on screen: its new entries come along with the rows that count them (S4). */
  follow: (ticketId: string) => void;
};

/** What the replica has of a ticket's timeline; not whole while the ticket is not here, or not all of it (S15). */
export type ReplicaTimeline = { entries: Entry[] | null; isWhole: boolean };

const unread: ReplicaTimeline = { entries: null, isWhole: false };

export type ReplicaListener = (message: Exclude<FromReplica, { kind: 'timeline' }>) => void;

/** Starts the worker and opens the replica of this name; `listen` is told what it holds and what changes. */
export function startReplica(name: string, listen: ReplicaListener): Replica {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'replica',
  });
  const waiting = new Map<number, (timeline: ReplicaTimeline) => void>();
  let requests = 0;
  const post = (message: ToReplica, transfer: Transferable[] = []): void => {
    worker.postMessage(message, transfer);
  };
  worker.addEventListener('message', (event: MessageEvent<FromReplica>) => {
    const message = event.data;
    if (message.kind !== 'timeline') {
      listen(message);
      return;
    }
    waiting.get(message.request)?.({ entries: message.entries, isWhole: message.isWhole });
    waiting.delete(message.request);
  });
  worker.addEventListener('error', (event) => {
    listen({ kind: 'fault', message: `The replica's worker stopped: ${event.message}` });
    // What it was asked stays unanswered for ever otherwise.
    for (const answer of waiting.values()) answer(unread);
    waiting.clear();
  });
  post({ kind: 'open', name });
  return {
    connect: (port) => {
      post({ kind: 'port' }, [port]);
    },
    timeline: (ticketId) =>
      new Promise((resolve) => {
        requests += 1;
        waiting.set(requests, resolve);
        post({ kind: 'timeline', ticketId, request: requests });
      }),
    follow: (ticketId) => {
      post({ kind: 'follow', ticketId });
    },
  };
}
