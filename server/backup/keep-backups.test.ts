import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { err } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { startDesk } from '../desk.ts';
import type { Desk } from '../desk.ts';
import { memoryStore } from '../store/memory.ts';
import { thisMachine } from '../surroundings.ts';
import { startBatch } from '../sync/batch.ts';
import { keepBackups } from './keep-backups.ts';
import type { CopySource } from './copy-source.ts';
import type { BackupJob } from './make-backup-file.ts';
import type { Pack } from './pack-in-thread.ts';

/** When backups are made and what becomes of them. What is in one: test/contract/backups.test.ts. */

const root = mkdtempSync(join(tmpdir(), 'desk-keep-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let directory: string;
let now = 0;
let steps: { at: number; step: () => void }[] = [];
let desk: Desk;
let lines: string[];
let jobs: BackupJob[];
let answer: () => Promise<Result<void, string>>;
let cancelled = 0;
let count = 0;

beforeEach(async () => {
  count += 1;
  directory = join(root, String(count));
  mkdirSync(directory);
  [now, steps, lines, jobs, cancelled] = [Date.UTC(2026, 10, 24), [], [], [], 0];
  answer = async () => err('not asked for');
  const around = {
    ...thisMachine((line) => lines.push(line)),
    nowMs: () => now,
    timers: {
      after: (ms: number, step: () => void) => {
        const entry = { at: now + ms, step };
        steps.push(entry);
        return () => {
          steps = steps.filter((each) => each !== entry);
        };
      },
    },
  };
  desk = await startDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }), around);
});

const source = (): CopySource => ({
  directory,
  copyTo: async (_, madeAt) => {
    const { deskId, epoch, version, mark } = desk.known();
    return { format: 1, deskId, cursor: { epoch, version, mark }, madeAt, rows: {} };
  },
});
const pack: Pack = (job) => {
  jobs.push(job);
  return { done: answer(), cancel: () => (cancelled += 1) };
};

/** To the next thing that waits, and until what it does is done. */
async function next(done: () => boolean): Promise<number> {
  await expect.poll(() => steps.length).toBeGreaterThan(0);
  const [first] = steps.toSorted((a, b) => a.at - b.at);
  if (first === undefined) throw new Error('nothing waits');
  const waited = first.at - now;
  now = first.at;
  steps = steps.filter((each) => each !== first);
  first.step();
  await expect.poll(done).toBe(true);
  return waited;
}

async function change(): Promise<void> {
  const counter = await desk.store.write(async (writing) => {
    const batch = startBatch(writing.locked, desk.around);
    batch.take();
    await writing.save(batch.changesWithoutTickets());
    return batch.counter();
  });
  desk.committed(counter);
}

test('[S5] one is made soon after the start, then each hour in which something changed', async () => {
  const keeper = keepBackups(desk, source(), pack);
  expect(await next(() => lines.length === 1)).toBe(5 * MINUTE_MS);
  expect(jobs).toHaveLength(1);
  expect(desk.known().safe, 'a backup that failed makes nothing safe').toBeNull();
  expect(lines[0]).toContain('not asked for');
  answer = async () => ({ ok: true, value: undefined });
  expect(await next(() => lines.length === 2)).toBe(HOUR_MS);
  const { epoch, version, mark } = desk.known();
  expect(desk.known().safe).toEqual({ epoch, version, mark });
  await change();
  await next(() => lines.length === 3);
  expect(desk.known().safe?.version).toBe(version + 1);
  await keeper.stop(false);
  expect(steps).toEqual([]);
  expect(readdirSync(join(directory, 'backups')), 'nothing unfinished is left').toEqual([]);
});

test('[S5] a stop makes a last one, but waits for it no longer than 5 s', async () => {
  const keeper = keepBackups(desk, source(), pack);
  await expect.poll(() => steps.length).toBe(1);
  answer = async () => ({ ok: true, value: undefined });
  await keeper.stop(true);
  expect(desk.known().safe?.version).toBe(desk.known().version);

  const again = keepBackups(desk, source(), pack);
  await expect.poll(() => steps.length).toBe(1);
  let giveUp = (): void => undefined;
  answer = () =>
    new Promise((resolve) => {
      giveUp = () => resolve(err('the worker was ended'));
    });
  await change();
  const stopping = again.stop(true);
  await expect.poll(() => jobs.length).toBe(2);
  expect(await next(() => cancelled === 1)).toBe(5_000);
  giveUp();
  await stopping;
  expect(lines.at(-1)).toContain('the worker was ended');
  expect(desk.known().safe?.version).toBe(desk.known().version - 1);
});

test('[S5] whoever is left by its parent makes none, and waits for none', async () => {
  const keeper = keepBackups(desk, source(), pack);
  await expect.poll(() => steps.length).toBe(1);
  await keeper.stop(false);
  expect(jobs).toEqual([]);
});
