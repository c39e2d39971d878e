import { readFileSync } from 'node:fs';
import { countCommands } from '../../main/journal/pending.ts';
import type { Log } from '../../main/log.ts';
import { openProfile } from '../../main/profile/open-profile.ts';
import { deskClient } from '../../main/sync/desk-client.ts';
import { deskClock } from '../../main/sync/desk-clock.ts';
import { syncLoop } from '../../main/sync/loop.ts';
import { machineClocks } from '../../main/sync/machine-clocks.ts';
import type { ReplicaFeed, ReplicaPort } from '../../main/sync/replica-feed.ts';
import {
  emptyReplicaMemory,
  memoryReplicaStore,
} from '../../renderer/replica/memory-replica-store.ts';
import { serveReplica } from '../../renderer/replica/serve.ts';
import { unreachable } from '../../shared/base/assert.ts';
import type { ConsoleAnswer, ConsoleOrder, FromConsole, ToConsole } from './console-messages.ts';

/**
 * A console without Electron: journal, watch table, ledger, sync loop and the replica's worker are the real ones, wired
 * as main/index.ts does; there is no window, and the replica is in memory and goes with the process, as one may.
 */

const order = JSON.parse(process.argv[2] ?? '') as ConsoleOrder;
let { token } = order.desk;
let { aheadMs } = order;

const tell = (message: FromConsole): void => {
  process.send?.(message);
};
const log: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (line) => process.stderr.write(`${order.owner.consoleId}: ${line}\n`),
};

const machine = machineClocks();
const wall = { nowMs: () => machine.wall.nowMs() + aheadMs };
const steady = () => {
  const reading = machine.steady();
  return { ...reading, ms: reading.ms + aheadMs, sleptMs: reading.sleptMs + aheadMs };
};
const clock = deskClock(wall, steady);
const client = deskClient(
  () => ({ url: order.desk.url, token }),
  () => steady().ms,
);

const opened = await openProfile(order.owner, { root: order.root, wall, clock, log });
if (opened.ok) await run(opened.value);
else tell({ kind: 'unusable', message: opened.error });

async function run(profile: Extract<typeof opened, { ok: true }>['value']): Promise<void> {
  const { journal, watch } = profile;
  const sync = syncLoop({
    client,
    journal,
    watch,
    clock,
    random: Math.random,
    timers: machine.timers,
    log,
    told: {
      status: () => undefined,
      commands: () => undefined,
      page: () => undefined,
      fetched: () => undefined,
      dropped: () => undefined,
      info: () => undefined,
    },
  });
  connectReplica(sync.feed);

  const submit = async (
    drafts: Extract<ToConsole, { kind: 'submit' }>['drafts'],
  ): Promise<ConsoleAnswer> => {
    const saved = await journal.submit(drafts);
    if (sync.status().connection === 'online') sync.wake();
    return saved.ok
      ? { of: 'submit', saved: saved.value, message: '' }
      : { of: 'submit', saved: null, message: saved.error.message };
  };
  const received = async (message: ToConsole): Promise<void> => {
    switch (message.kind) {
      case 'submit': {
        const { request } = message;
        tell({ kind: 'answer', request, ...(await submit(message.drafts)) });
        return;
      }
      case 'ask':
        tell({
          kind: 'answer',
          request: message.request,
          of: 'ask',
          connection: sync.status().connection,
          ...countCommands(journal.state),
          syncedTo: watch.meta().cursor?.version ?? 0,
          replicaAt: sync.feed.confirmedVersion(),
        });
        return;
      case 'journal': {
        const commands = [...journal.state.commands.values()].map(({ command, outcome }) => ({
          id: command.id,
          consoleId: command.consoleId,
          ticketId: command.ticketId,
          seq: command.seq,
          outcome: outcome?.kind ?? null,
        }));
        tell({ kind: 'answer', request: message.request, of: 'journal', commands });
        return;
      }
      case 'rows': {
        await watch.loaded;
        const rows = [...watch.tickets().values()].map(({ id, version }) => ({ id, version }));
        tell({ kind: 'answer', request: message.request, of: 'rows', rows });
        return;
      }
      case 'wake':
        sync.wake();
        return;
      case 'token':
        ({ token } = message);
        sync.wake();
        return;
      case 'pass':
        aheadMs += message.ms;
        return;
      case 'close':
        sync.stop();
        await profile.close();
        return process.exit(0);
      default:
        unreachable(message);
    }
  };
  process.on('message', (message: ToConsole) => {
    void received(message);
  });
  // Nobody is left to work for.
  process.on('disconnect', () => process.exit(0));
  const rows = await watch.firstRows();
  tell({
    kind: 'usable',
    rows: rows.length,
    notices: profile.notices,
    keptWaitingMs: keptWaitingMs(),
  });
  sync.start();
}

function connectReplica(feed: ReplicaFeed): void {
  const { port1, port2 } = new MessageChannel();
  const memory = emptyReplicaMemory();
  const serve = serveReplica({
    post: () => undefined,
    open: () => memoryReplicaStore(memory),
    later: (step, ms) => {
      setTimeout(step, ms);
    },
  });
  serve({ kind: 'open', name: 'replica' });
  serve({ kind: 'port' }, port2);
  const port: ReplicaPort = {
    post: (message) => {
      port1.postMessage(message);
    },
    listen: (listener) => {
      port1.addEventListener('message', (event) => {
        listener(event.data);
      });
      port1.start();
    },
    close: () => {
      port1.close();
    },
  };
  feed.connect(port);
}

/** How long this process could have run and others were let run instead, as the kernel counts it; 0 where it does not. */
function keptWaitingMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
