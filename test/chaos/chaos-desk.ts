import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken, newToken } from '../../server/agents/tokens.ts';
import { fillWithDemo } from '../../server/demo-desk.ts';
import { randomFrom } from '../../server/demo/random.ts';
import { startDesk } from '../../server/desk.ts';
import { openDirectory } from '../../server/store/sql/pglite.ts';
import { openPostgres } from '../../server/store/sql/postgres.ts';
import { thisMachine } from '../../server/surroundings.ts';
import { deskInfoSchema } from '../../shared/protocol/desk-info.ts';
import { deskApi } from '../e2e/harness/team-desk.ts';
import type { DeskApi } from '../e2e/harness/team-desk.ts';
import { serveDesk } from '../helpers/desk-process.ts';
import type { DeskProcess } from '../helpers/desk-process.ts';
import { compileCache } from './node-console.ts';

const arm = fileURLToPath(new URL('arm.ts', import.meta.url));

/** Where a desk keeps everything: a directory of PGlite, or a database of PostgreSQL. */
export type DeskPlace = { dataDir: string | null; env: Readonly<Record<string, string>> };

/** A desk in a process of its own that can be killed, armed and started again at the same address. */
export type ChaosDesk = {
  readonly url: string;
  readonly deskId: string;
  /** What it says over its API to a lead who is at no console of the test. */
  readonly api: DeskApi;
  /** SIGKILL. Resolves when it is gone; at once where it is already. */
  kill: () => Promise<void>;
  /** Starts it again where it is down, armed where a failpoint is named. Ms until it listened. */
  start: (failpoint?: string) => Promise<number>;
  /** Resolves when the process that runs now has ended. */
  gone: () => Promise<void>;
  isUp: () => boolean;
  /** It will die at a failpoint sooner or later. */
  isArmed: () => boolean;
  end: () => Promise<void>;
};

/** Fills an empty place with demo tickets. Gives a sign-in for each agent named, who sees every team. */
export async function fillDesk(
  place: DeskPlace,
  tickets: number,
  names: readonly string[],
): Promise<Map<string, string>> {
  const around = thisMachine(() => undefined);
  const fresh = { deskId: around.newId(), epoch: around.newId() };
  const opened =
    place.dataDir === null
      ? await openPostgres(place.env['DATABASE_URL'] ?? '', fresh, around.log)
      : await openDirectory(place.dataDir, fresh);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const desk = await startDesk(opened.value, around);
  const filled = await fillWithDemo(desk, { count: tickets, random: randomFrom('chaos') });
  if (!filled.ok) throw new Error(filled.error.message);
  const tokens = new Map<string, string>();
  for (const id of names) {
    const token = newToken();
    await putAgent(desk, { id, name: id, role: 'lead', teamIds: null }, hashToken(token));
    tokens.set(id, token);
  }
  await opened.value.close();
  return tokens;
}

/** The directory of a desk on PGlite; removed by the second. */
export async function pglitePlace(): Promise<{ place: DeskPlace; remove: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'agent-console-chaos-desk-'));
  return {
    place: { dataDir, env: {} },
    remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/** Serves a filled place. `reader` is the sign-in that the test reads with. */
export async function startChaosDesk(place: DeskPlace, reader: string): Promise<ChaosDesk> {
  let running: DeskProcess | null = null;
  let armed = false;
  const serve = async (port: number, failpoint?: string): Promise<DeskProcess> => {
    armed = failpoint !== undefined;
    const env = failpoint === undefined ? {} : { AGENT_CONSOLE_FAILPOINT: failpoint };
    const started = await serveDesk(place.dataDir, port, {
      env: { ...place.env, ...env, NODE_COMPILE_CACHE: compileCache },
      imports: [arm],
    });
    running = started;
    void started.ended.then(() => {
      if (running === started) running = null;
    });
    return started;
  };
  const { url } = await serve(0);
  const info = await fetch(`${url}/v1/desk`, { headers: { authorization: `Bearer ${reader}` } });
  const { deskId } = deskInfoSchema.parse(await info.json());
  return {
    url,
    deskId,
    api: deskApi(url, reader),
    kill: async () => {
      await running?.end('SIGKILL');
    },
    start: async (failpoint) => {
      const startedAt = performance.now();
      if (running === null) await serve(Number(new URL(url).port), failpoint);
      return performance.now() - startedAt;
    },
    gone: async () => {
      await running?.ended;
    },
    isUp: () => running !== null,
    isArmed: () => running !== null && armed,
    end: async () => {
      await running?.end('SIGTERM');
    },
  };
}
