import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskClock } from '../sync/desk-clock.ts';
import { steadyClock } from '../sync/steady-clock.ts';
import { openProfile } from './open-profile.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const wall = { nowMs: () => 1_000_000_000_000 };
const steady = steadyClock(
  () => 0,
  () => 0,
);
const owner = { deskId: 'desk-1', agentId: 'ann', consoleId: 'c-1' };
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'open-profile-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('[S10] what cannot be opened is said, and its lock let go of', async () => {
  const deps = { root, wall, clock: deskClock(wall, steady), log };
  const inTheWay = join(root, 'c-1', 'profile.json.new');
  await mkdir(inTheWay, { recursive: true });
  expect(await openProfile(owner, deps)).toMatchObject({ ok: false });
  await rm(inTheWay, { recursive: true });
  const opened = await openProfile(owner, deps);
  expect(opened.ok).toBe(true);
  if (opened.ok) await opened.value.close();
});

test('[A2] [C9] the alert ledger begins in desk time', async () => {
  const clock = deskClock(wall, steady);
  clock.measure(wall.nowMs() + 500_000, 0);
  const opened = await openProfile(owner, { root, wall, clock, log });
  expect(opened.ok && opened.value.ledger.sinceAt).toBe(wall.nowMs() + 500_000);
  expect(clock.facts().offsetMs).toBe(500_000);
  if (opened.ok) await opened.value.close();
});
