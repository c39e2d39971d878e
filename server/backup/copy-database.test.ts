import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyDatabase } from './copy-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'desk-copy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const segment = (n: number): string => `pg_wal/${n.toString(16).toUpperCase().padStart(24, '0')}`;

test('[S5] what changed, came or went while it was copied is as it is when all stands still', async () => {
  const from = join(folder, 'from');
  const to = join(folder, 'to');
  for (const name of ['base/5', 'pg_wal/archive_status', 'pg_stat'])
    mkdirSync(join(from, name), { recursive: true });
  const write = (name: string, text: string, hoursAgo = 5): void => {
    writeFileSync(join(from, name), text);
    const at = Date.now() / 1000 - hoursAgo * 3600;
    utimesSync(join(from, name), at, at);
  };
  for (const name of ['old', 'longer', 'touched', 'dropped', 'racy']) write(`base/5/${name}`, 'a');
  write('base/5/racy', 'a', 0);
  for (const n of [7, 8, 9, 10]) write(segment(n), `${n}`);

  const gave = await copyDatabase(from, to, async (copyRest) => {
    expect(readdirSync(join(to, 'pg_wal')), 'the log only at the end').toEqual(['archive_status']);
    write('base/5/longer', 'ab');
    write('base/5/touched', 'b', 4);
    // Changed at once after it was copied, on a clock too coarse to show it.
    write('base/5/racy', 'b', 0);
    write('base/5/came', 'c');
    rmSync(join(from, 'base/5/dropped'));
    await copyRest({ first: segment(8).slice(7), last: segment(9).slice(7) });
    return 'done';
  });
  expect(gave).toBe('done');
  const files = Object.fromEntries(
    readdirSync(join(to, 'base/5')).map((name) => [
      name,
      readFileSync(join(to, 'base/5', name), 'utf8'),
    ]),
  );
  expect(files).toEqual({ old: 'a', longer: 'ab', touched: 'b', racy: 'b', came: 'c' });
  expect(readdirSync(join(to, 'pg_wal')).toSorted()).toEqual(
    [segment(8), segment(9)].map((name) => name.slice(7)).concat('archive_status'),
  );
  expect(readdirSync(join(to, 'pg_stat'))).toEqual([]);
});
