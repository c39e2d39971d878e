import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom } from '../../server/demo/random.ts';
import { fillDesk, pglitePlace } from './chaos-desk.ts';
import { DRAIN_MS } from './kill-run.ts';
import { killWorld } from './kill-world.ts';
import type { KillWorld } from './kill-world.ts';
import { fates, startProxy } from './proxy.ts';
import type { ChaosProxy, Fate } from './proxy.ts';
import { say } from './say.ts';

const AGENTS = 10;
const EDITS_EACH = 20;
/** How often nothing befalls a request. */
const PASS = 0.4;
/** The request whose answer the desk does not live to finish. */
const KILL_AT = 60;
/** After that one, and after one on each side of a commit. */
const RESTARTS = 3;

const random = randomFrom('proxy');
let world: KillWorld;
let proxy: ChaosProxy;
let remove: () => Promise<void>;

beforeAll(async () => {
  const made = await pglitePlace();
  ({ remove } = made);
  const names = ['reader', ...Array.from({ length: AGENTS }, (_, n) => `agent-${n}`)];
  const others = fates.filter((each) => each !== 'pass' && each !== 'kill-mid-answer');
  let requests = 0;
  const anyFate = (): Fate => {
    requests += 1;
    if (requests === KILL_AT) return 'kill-mid-answer';
    return random() < PASS ? 'pass' : (others[Math.floor(random() * others.length)] ?? 'pass');
  };
  world = await killWorld(
    made.place,
    await fillDesk(made.place, 30, names),
    random,
    async (desk) => {
      proxy = await startProxy({
        deskPort: Number(new URL(desk.url).port),
        random,
        fate: anyFate,
        killDesk: () => {
          void desk.kill();
        },
      });
      return proxy.url;
    },
  );
});

afterAll(async () => {
  await world.end();
  await proxy.end();
  await remove();
});

test(`[S2] [S6] the edits of ${AGENTS} agents all arrive once and in order through a bad network`, async () => {
  for (const seat of world.seats) await world.start(seat);
  let restarts = 0;
  const agent = async (seat: KillWorld['seats'][number]): Promise<void> => {
    for (let n = 0; n < EDITS_EACH || restarts < RESTARTS; n += 1) {
      await world.work(seat, 1);
      seat.running?.wake();
      await wait(random() * 300);
    }
  };
  let working = true;
  const operator = async (): Promise<void> => {
    while (working) {
      // After the kill in the midst of an answer, one on each side of a commit.
      const armed = (['desk.before-commit:3', 'desk.after-commit:3'] as const)[restarts];
      if (!world.desk.isUp()) {
        await world.desk.start(armed);
        restarts += 1;
      }
      await wait(50);
    }
  };
  const operating = operator();
  await Promise.all(world.seats.map(agent));
  working = false;
  await operating;
  proxy.calm();
  await world.drain(DRAIN_MS);
  const counts = [...proxy.met].map(([fate, count]) => `${fate} ${count}`).join(', ');
  say(`through the proxy: ${counts}; drained in ${Math.round(Math.max(...world.drainMs))} ms`);
  expect(world.faults).toEqual([]);
  expect(world.promises.count()).toBeGreaterThanOrEqual(AGENTS * EDITS_EACH);
  expect([...proxy.met.keys()].toSorted()).toEqual([...fates].toSorted());
  expect(restarts).toBe(RESTARTS);
  expect(Math.max(...world.drainMs)).toBeLessThan(DRAIN_MS);
}, 240_000);
