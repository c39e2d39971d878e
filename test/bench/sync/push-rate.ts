import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { putAgent } from '../../../server/agents/add-agent.ts';
import { hashToken, newToken } from '../../../server/agents/tokens.ts';
import { startDesk } from '../../../server/desk.ts';
import { demoAgents } from '../../../server/demo/demo-agents.ts';
import { demoTickets } from '../../../server/demo/demo-tickets.ts';
import { randomFrom } from '../../../server/demo/random.ts';
import { listen } from '../../../server/http/listen.ts';
import { importTickets } from '../../../server/intake/import-tickets.ts';
import type { Store } from '../../../server/store/contract.ts';
import type { Changes } from '../../../server/store/rows.ts';
import { openDirectory } from '../../../server/store/sql/pglite.ts';
import { thisMachine } from '../../../server/surroundings.ts';
import type { Command } from '../../../shared/tickets/command.ts';
import { compared } from '../figures.ts';
import type { BenchResult } from '../figures.ts';
import { bulkWriter } from './bulk-rows.ts';
import { postRequest, requestLoad } from './request-load.ts';

const CONSOLES = 50;
const TICKETS = 1_000;
/** Commands that one console pushes at once, as after some minutes without a network. */
const PER_PUSH = 8;
const PUSHES = 8;

/**
 * Commands a second that a desk on PGlite takes over HTTP from 50 consoles at once, against PGlite writing the rows
 * that came of them, in batches of the same size, with nothing decided.
 */
export async function pushRate(runs: number): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-bench-'));
  const ours: number[] = [];
  const floor: number[] = [];
  try {
    const template = join(folder, 'template');
    await fill(template);
    // The first run warms the compiler up.
    for (let run = -1; run < runs; run += 1) {
      const [desk, bulk] = [join(folder, 'desk'), join(folder, 'bulk')];
      for (const each of [desk, bulk]) cpSync(template, each, { recursive: true });
      const { perSecond, batches } = await pushAll(desk);
      const bulkPerSecond = await writeAll(bulk, batches);
      for (const each of [desk, bulk]) rmSync(each, { recursive: true });
      if (run < 0) continue;
      ours.push(perSecond);
      floor.push(bulkPerSecond);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const goal = { atLeast: 0.6, text: '>= 0.6x' };
  const metric = 'desk: commands per second, pushed by 50 consoles';
  return compared(metric, 'commands/s', goal, ours, floor);
}

const around = thisMachine((line) => console.error(line));

async function open(directory: string): Promise<Store> {
  const opened = await openDirectory(directory, { deskId: 'bench', epoch: 'bench-1' });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

async function fill(directory: string): Promise<void> {
  const store = await open(directory);
  const desk = await startDesk(store, around);
  const agents = demoAgents();
  const tickets = demoTickets({
    nowMs: around.nowMs(),
    random: randomFrom('bench'),
    count: TICKETS,
    agents,
    corpus: 'bench',
    entriesPerTicket: 6,
  });
  const imported = await importTickets(desk, { tickets, agents, demo: false });
  if (!imported.ok) throw new Error(imported.error.message);
  await store.close();
}

/** All consoles push all they have, one push after the other each, and gives what was written for it. */
async function pushAll(directory: string): Promise<{ perSecond: number; batches: Changes[] }> {
  const store = await open(directory);
  const batches: Changes[] = [];
  const desk = await startDesk(
    {
      ...store,
      write: (work) =>
        store.write((writing) =>
          work({
            ...writing,
            save: (changes) => {
              batches.push(changes);
              return writing.save(changes);
            },
          }),
        ),
    },
    around,
  );
  const token = newToken();
  const agent = { id: 'bench-agent', name: 'Bench', role: 'lead', teamIds: null } as const;
  await putAgent(desk, agent, hashToken(token));
  const tickets = await desk.store.read((snapshot) => snapshot.openHeads(TICKETS));
  const ids = tickets.map((head) => head.id);
  const listener = await listen(desk, { host: '127.0.0.1', port: 0 });
  batches.length = 0;
  const port = Number(new URL(listener.url).port);
  const headers = { authorization: `Bearer ${token}` };
  const { seconds } = await requestLoad({
    port,
    requests: Array.from({ length: CONSOLES }, (_, n) =>
      pushesOf(n, ids).map((body) => postRequest(port, '/v1/push', body, headers)),
    ),
    mode: { kind: 'once' },
    expected: { text: '"kind":"applied"', times: PER_PUSH },
  });
  await listener.close();
  await store.close();
  const written = batches.reduce((sum, each) => sum + each.ledger.length, 0);
  if (written !== CONSOLES * PUSHES * PER_PUSH) throw new Error(`${written} were decided`);
  return { perSecond: written / seconds, batches };
}

/** Each console has tickets of its own, as agents do; most commands write an entry. */
function pushesOf(console_: number, ticketIds: readonly string[]): string[] {
  const consoleId = `c-${console_}`;
  let seq = 0;
  return Array.from({ length: PUSHES }, () => {
    const commands = Array.from({ length: PER_PUSH }, (): Command => {
      seq += 1;
      const ticketId = ticketIds[(seq * CONSOLES + console_) % ticketIds.length] ?? '';
      const tail = (console_ * 1_000 + seq).toString(16).padStart(12, '0');
      return {
        id: `01900000-0000-7000-8000-${tail}`,
        agentId: 'bench-agent',
        consoleId,
        seq,
        after: null,
        ticketId,
        baseVersion: 1_000_000,
        threadSeen: 1_000_000,
        writtenAt: 0,
        notBefore: null,
        undoes: null,
        afterRestore: false,
        action: {
          kind: 'note',
          text: `Note ${seq} of ${consoleId}. ${'It was seen again. '.repeat(10)}`,
        },
      };
    });
    return JSON.stringify({ protocol: 1, consoleId, deskId: 'bench', commands });
  });
}

/** The floor: the same rows, the JSON of them made before. */
async function writeAll(directory: string, batches: readonly Changes[]): Promise<number> {
  const database = await PGlite.create(join(directory, 'pgdata'));
  const writes = batches.map((changes) => bulkWriter(database, changes));
  const startedAt = performance.now();
  for (const write of writes) await write();
  const seconds = (performance.now() - startedAt) / 1_000;
  await database.close();
  return batches.reduce((sum, each) => sum + each.ledger.length, 0) / seconds;
}
