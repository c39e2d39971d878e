import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { answerDues } from './due.ts';

const line = '{"zone":"UTC","start":0,"hours":1}\n';

/** Takes one write in, says that it is full, and goes on when told. */
function slowReader() {
  const held: (() => void)[] = [];
  const stream = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => held.push(done),
  });
  return { stream, held };
}

test('it waits for its reader before it takes more', async () => {
  const { stream, held } = slowReader();
  const input = new PassThrough();
  const code = answerDues(input, stream);
  input.write(line);
  await expect.poll(() => held.length).toBe(1);
  input.write(line);
  await new Promise((resolve) => setImmediate(resolve));
  expect(held).toHaveLength(1);
  held[0]?.();
  await expect.poll(() => held.length).toBe(2);
  held[1]?.();
  input.end();
  expect(await code).toBe(0);
});

test('another fault of its output than a reader who left is one', async () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const stream = new Writable({ write: (_chunk, _encoding, done) => done(full) });
  const input = new PassThrough();
  input.end(line);
  await expect(answerDues(input, stream)).rejects.toThrow('no space left');
});

test('a reader who leaves while it waits for him ends it without a word', async () => {
  const left = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  const fail: (() => void)[] = [];
  const stream = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => fail.push(() => done(left)),
  });
  const input = new PassThrough();
  const code = answerDues(input, stream);
  input.write(line);
  await expect.poll(() => fail.length).toBe(1);
  fail[0]?.();
  expect(await code).toBe(0);
  expect(input.destroyed).toBe(true);
});

const cli = fileURLToPath(new URL('../index.ts', import.meta.url));

test(
  'a process: it ends quietly when the reader leaves, and loads no desk',
  { timeout: 30_000 },
  async () => {
    const child = spawn(process.execPath, [cli, 'due'], {
      env: { ...process.env, NODE_DEBUG: 'esm' },
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    // The reader is gone before the questions end.
    child.stdin.on('error', () => undefined);
    child.stdin.write(line);
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    expect(first.toString()).toBe('{"due":3600000}\n');
    child.stdout.destroy();
    const more = setInterval(() => child.stdin.write(line.repeat(1_000)), 5);
    const [code] = (await once(child, 'close')) as [number | null];
    clearInterval(more);
    expect(code).toBe(0);
    expect(err).toContain('commander/index.js');
    expect(err).not.toMatch(/node_modules.(@electric-sql|kysely|hono|csv-parse).|write EPIPE/);
  },
);
