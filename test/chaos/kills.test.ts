import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom } from '../../server/demo/random.ts';
import { fillDesk, pglitePlace } from './chaos-desk.ts';
import { DRAIN_MS, anyKills, performKill } from './kill-run.ts';
import { killWorld } from './kill-world.ts';
import type { KillWorld } from './kill-world.ts';
import { say } from './say.ts';

/** Beside those in real Electron, whose number is in electron-kills.test.ts. */
const KILLS = 30;
const USABLE_MS = 3_000;

const random = randomFrom('kills');
let world: KillWorld;
let remove: () => Promise<void>;

beforeAll(async () => {
  const made = await pglitePlace();
  ({ remove } = made);
  const names = ['reader', 'ann', 'bob'];
  world = await killWorld(made.place, await fillDesk(made.place, 30, names), random);
});

afterAll(async () => {
  await world.end();
  await remove();
});

test(`[S2] [S5] [S6] ${KILLS} kills at failpoints and at any time: nothing saved is lost, nothing twice`, async () => {
  const missed: string[] = [];
  for (const [n, kill] of anyKills(KILLS, random).entries()) {
    if (!(await performKill(world, kill, random))) missed.push(kill.at);
    if (n % 10 === 9) await world.drain(DRAIN_MS);
  }
  await world.drain(DRAIN_MS);
  say(
    `${world.promises.count()} changes saved; usable again within ${Math.round(Math.max(...world.usableMs))} ms`,
  );
  expect(world.faults).toEqual([]);
  expect(missed).toEqual([]);
  expect(world.promises.count()).toBeGreaterThan(100);
  expect(Math.max(...world.usableMs)).toBeLessThan(USABLE_MS);
  expect(Math.max(...world.drainMs)).toBeLessThan(DRAIN_MS);
}, 240_000);
