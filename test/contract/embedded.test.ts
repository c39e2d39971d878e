import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { deskInfoSchema } from '../../shared/protocol/desk-info.ts';
import { deskReportSchema } from '../../shared/protocol/embedded-desk.ts';
import type { DeskReport } from '../../shared/protocol/embedded-desk.ts';

/** The embedded desk's entry, in Node instead of Electron's utility process. */

const folder = mkdtempSync(join(tmpdir(), 'desk-embedded-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const entry = fileURLToPath(new URL('../../server/embedded.ts', import.meta.url));
const parentPort = fileURLToPath(new URL('../helpers/parent-port.ts', import.meta.url));

async function start(order: unknown): Promise<{ child: ChildProcess; report: DeskReport }> {
  const child = fork(entry, [], {
    execArgv: ['--import', parentPort],
    env: { ...process.env, AGENT_CONSOLE_DEMO_EVERY_MS: '50' },
  });
  children.push(child);
  const said = new Promise<unknown>((resolve) => child.once('message', resolve));
  child.send(order as object);
  return { child, report: deskReportSchema.parse(await said) };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

test('[S10, X5] a new desk is filled, serves by its token, lives, and ends with its parent', async () => {
  const dataDir = join(folder, 'desk');
  const token = 'first-token-0123456789-0123456789-abc';
  const { child, report } = await start({ kind: 'start', dataDir, token });
  if (report.kind !== 'listening') throw new Error(report.message);
  expect(report.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const info = async (url: string, by: string) => {
    const response = await fetch(`${url}/v1/desk`, { headers: { authorization: `Bearer ${by}` } });
    return response.status === 200 ? deskInfoSchema.parse(await response.json()) : response.status;
  };
  const first = await info(report.url, token);
  expect(first).toMatchObject({ demo: true, agent: { name: expect.any(String) as string } });
  const { version } = first as { version: number };
  expect(version).toBeGreaterThan(300);
  // Something happens by itself (issue: a ticket or a message about every minute).
  await expect
    .poll(() => info(report.url, token), { timeout: 20_000 })
    .not.toMatchObject({ version });

  const rival = await start({ kind: 'start', dataDir, token });
  expect(rival.report).toMatchObject({ kind: 'failed', code: 'in-use' });
  expect(await ended(rival.child)).toBe(1);

  const gone = ended(child);
  child.disconnect();
  expect(await gone).toBe(0);

  const next = 'other-token-0123456789-0123456789-abc';
  const again = await start({ kind: 'start', dataDir, token: next });
  if (again.report.kind !== 'listening') throw new Error(again.report.message);
  expect(await info(again.report.url, next)).toMatchObject({
    deskId: (first as { deskId: string }).deskId,
  });
  expect(await info(again.report.url, token), 'the token of the start before').toBe(401);
  const stopped = ended(again.child);
  again.child.kill('SIGTERM');
  expect(await stopped).toBe(0);
});

test('an order that is not in the contract is answered as a failure', async () => {
  const { child, report } = await start({ kind: 'start', dataDir: '', token: 'short' });
  expect(report).toMatchObject({ kind: 'failed', code: 'internal' });
  expect(await ended(child)).toBe(1);
});
