import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDirectory } from './directory-lock.ts';

const run = promisify(execFile);
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Tries in another process: a process may always lock again what it has locked itself. */
async function tryElsewhere(): Promise<string> {
  const url = new URL('directory-lock.ts', import.meta.url).href;
  const code = `
    const { lockDirectory } = await import(${JSON.stringify(url)});
    const lock = await lockDirectory(${JSON.stringify(directory)}, 100);
    console.log(lock.ok ? 'got it' : lock.error.message);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code]);
  return stdout.trim();
}

test('[S10] a directory has one owner, and the others are told who it is', async () => {
  const lock = await lockDirectory(directory);
  if (!lock.ok) throw new Error(lock.error.message);
  expect(await tryElsewhere()).toContain(`pid ${process.pid}`);
  expect(await readFile(join(directory, 'lock'), 'utf8')).toBe(`pid ${process.pid}`);
  await lock.value.release();
  expect(await tryElsewhere()).toBe('got it');
});
