import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { deskOrderSchema } from '../shared/protocol/embedded-desk.ts';
import type { DeskReport, StartOrder } from '../shared/protocol/embedded-desk.ts';
import { putAgent } from './agents/add-agent.ts';
import { hashToken } from './agents/tokens.ts';
import { keepBackups } from './backup/keep-backups.ts';
import { packInThread } from './backup/pack-in-thread.ts';
import { demoAgents } from './demo/demo-agents.ts';
import { DEMO_TICKETS } from './demo/demo-size.ts';
import { fillWithDemo, isUnused, runDemo } from './demo-desk.ts';
import { startDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { watchParent } from './embedded/watch-parent.ts';
import { listen } from './http/listen.ts';
import { keepGoing } from './keep-going.ts';
import { openDirectory } from './store/sql/pglite.ts';
import { thisMachine } from './surroundings.ts';

/**
 * Entry of the console's embedded desk: runs in an Electron utility process, is told by main to start and to stop,
 * serves on a loopback port and ends with its parent (S10).
 */

/** The part of Electron's parent port that is used; server/ does not know Electron. */
type ParentPort = {
  on: (event: 'message', listener: (message: { data: unknown }) => void) => unknown;
  once: (event: 'close', listener: () => void) => unknown;
  postMessage: (message: DeskReport) => void;
};

/** Long enough for a last report to leave, and for a database to close. */
const LAST_WORD_MS = 250;
const CLOSE_MS = 2_500;

const port = (process as { parentPort?: ParentPort }).parentPort;
const around = thisMachine((line) => process.stderr.write(`desk: ${line}\n`));

/** What to do when told to stop; before the desk serves there is nothing to end in order. */
let stop = (): void => process.exit(0);

if (port === undefined) {
  around.log('this runs only as a utility process of the console');
  process.exitCode = 1;
} else {
  port.on('message', ({ data }) => {
    void obey(port, data);
  });
}

async function obey(parent: ParentPort, data: unknown): Promise<void> {
  const order = deskOrderSchema.safeParse(data);
  if (!order.success) {
    fail(parent, 'internal', 'the desk was given an order that it does not understand');
    return;
  }
  if (order.data.kind === 'stop') {
    stop();
    return;
  }
  try {
    await serve(parent, order.data);
  } catch (error) {
    fail(parent, 'internal', error instanceof Error ? error.message : 'the desk did not start');
  }
}

async function serve(parent: ParentPort, order: StartOrder): Promise<void> {
  const ids = { deskId: around.newId(), epoch: around.newId() };
  const opened = await openDirectory(order.dataDir, ids);
  if (!opened.ok) {
    fail(parent, opened.error.kind, opened.error.message);
    return;
  }
  const store = opened.value;
  const desk = await startDesk(store, around);
  if (await isUnused(desk)) {
    const filled = await fillWithDemo(desk, { count: DEMO_TICKETS, random: Math.random });
    if (!filled.ok) around.log(filled.error.message);
  }
  await signIn(desk, order.token);
  const listener = await listen(desk, { host: '127.0.0.1', port: 0 });
  const { copySource } = store;
  const backups =
    copySource === null ? null : keepBackups(desk, copySource, packInThread(backupWorker()));
  const stops = [keepGoing(desk)];
  if (desk.known().demo) stops.push(runDemo(desk, Math.random, demoEveryMs()));

  let isEnding = false;
  const end = async (inOrder: boolean): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    // An opener waits up to 3 s for the directory: a close that hangs must not take longer.
    const hurry = () => setTimeout(() => process.exit(1), CLOSE_MS).unref();
    const slow = hurry();
    await listener.close();
    await Promise.all(stops.map((each) => each()));
    // A backup has its own limit. Who is gone waits for none.
    clearTimeout(slow);
    await backups?.stop(inOrder);
    hurry();
    await store.close();
    process.exit(0);
  };
  stop = () => void end(true);
  parent.once('close', () => void end(false));
  watchParent({ told: () => void end(true), left: () => void end(false) });
  parent.postMessage({ kind: 'listening', url: listener.url });
}

/** The token of this start stands for the agent of this machine, who is made where there is none. */
async function signIn(desk: Desk, token: string): Promise<void> {
  const [local] = demoAgents();
  const id = local?.id ?? 'local';
  const { agents, teamIds } = await desk.store.read(async (snapshot) => ({
    agents: await snapshot.agents(),
    teamIds: await snapshot.teamIds(),
  }));
  const known = agents.find(({ agent }) => agent.id === id)?.agent;
  // An import can have brought teams; a desk of one agent has no one else for them.
  const lacksTeams = teamIds.some((teamId) => known?.teamIds.includes(teamId) !== true);
  if (known !== undefined && !lacksTeams) {
    await desk.store.setToken(id, hashToken(token));
    return;
  }
  const { name, role } = known ?? { name: userInfo().username, role: 'lead' as const };
  await putAgent(desk, { id, name, role, teamIds: null }, hashToken(token));
}

/** As source, or built beside this file. */
function backupWorker(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const name = isSource ? 'backup/backup-worker.ts' : 'backup-worker.js';
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Tests let more happen in less time. */
function demoEveryMs(): number | undefined {
  const given = Number(process.env['AGENT_CONSOLE_DEMO_EVERY_MS']);
  return Number.isFinite(given) && given > 0 ? given : undefined;
}

function fail(
  parent: ParentPort,
  code: Extract<DeskReport, { kind: 'failed' }>['code'],
  message: string,
): void {
  parent.postMessage({ kind: 'failed', code, message });
  setTimeout(() => process.exit(1), LAST_WORD_MS);
}
