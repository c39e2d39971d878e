import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { deskInfoSchema } from '../../shared/protocol/desk-info.ts';
import { pushResponseSchema } from '../../shared/protocol/push.ts';
import type { Command } from '../../shared/tickets/command.ts';
import { lockDirectory } from '../../server/store/directory-lock.ts';
import { runDesk, serveDesk } from '../helpers/desk-process.ts';

/** A data directory and the processes that want it (S10). */

const folder = mkdtempSync(join(tmpdir(), 'desk-dir-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('[S10] a directory is locked once, and again after its release', async () => {
  const dir = join(folder, 'lock-only');
  const first = await lockDirectory(dir);
  if (!first.ok) throw new Error(first.error.message);
  const second = await lockDirectory(dir, 120);
  expect(second).toMatchObject({ ok: false, error: { kind: 'in-use', pid: process.pid } });
  first.value.release();
  const third = await lockDirectory(dir, 0);
  expect(third.ok).toBe(true);
  if (third.ok) third.value.release();
});

test('[S10] a second process is told who has it; SIGKILL leaves a directory that opens', async () => {
  const dir = join(folder, 'desk');
  expect((await runDesk(['agent', 'list', '--data', dir])).code, 'looking makes no desk').toBe(1);
  const filled = await runDesk(['demo', '--data', dir, '--tickets', '20', '--seed', '7']);
  expect(filled).toMatchObject({ code: 0, err: '' });
  const added = await runDesk(['agent', 'add', 'Kim', '--data', dir]);
  const token = added.out.trim();
  expect(added.code).toBe(0);

  const desk = await serveDesk(dir);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const get = async (url: string) =>
    deskInfoSchema.parse(await (await fetch(`${url}/v1/desk`, { headers })).json());
  const info = await get(desk.url);
  expect(info).toMatchObject({ demo: true, agent: { id: 'kim', role: 'agent' } });

  const before = readdirSync(dir);
  const refused = await runDesk(['agent', 'list', '--data', dir]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(`in use by process ${desk.pid}`);
  expect(readdirSync(dir)).toEqual(before);
  expect(readFileSync(join(dir, 'lock'), 'utf8').trim()).toBe(String(desk.pid));

  // Killed while it takes commands: what was answered must be there, what was not may be.
  const answered: string[] = [];
  const note = (n: number): Command => ({
    id: `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
    agentId: 'kim',
    consoleId: 'c-kim',
    seq: n,
    after: null,
    ticketId: 'nowhere',
    baseVersion: 0,
    threadSeen: 0,
    writtenAt: 0,
    notBefore: null,
    undoes: null,
    afterRestore: false,
    action: { kind: 'note', text: `note ${n}` },
  });
  const push = async (url: string, commands: Command[]) => {
    const body = { protocol: 1, consoleId: 'c-kim', deskId: info.deskId, commands };
    const options = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${url}/v1/push`, options);
    return pushResponseSchema.parse(await response.json());
  };
  let ending: Promise<number | null> | null = null;
  for (let n = 1; n <= 500; n += 1) {
    try {
      await push(desk.url, [note(n)]);
    } catch {
      break;
    }
    answered.push(note(n).id);
    if (n === 40) ending = desk.end('SIGKILL');
  }
  expect(await ending).toBeNull();
  expect(answered.length).toBeGreaterThanOrEqual(40);

  const again = await serveDesk(dir);
  expect((await get(again.url)).deskId).toBe(info.deskId);
  const { version } = await get(again.url);
  const replies = await push(
    again.url,
    answered.map((_, index) => note(index + 1)),
  );
  expect(replies.answers.every((each) => each.kind === 'decided')).toBe(true);
  expect((await get(again.url)).version, 'all were in the ledger').toBe(version);
  expect(await again.end('SIGTERM')).toBe(0);
  const listed = await runDesk(['agent', 'list', '--data', dir]);
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toMatch(/^kim\tagent\tKim\t.*\tcan sign in$/m);
});

test('an import with a fault names line and fault and makes no desk', async () => {
  const dir = join(folder, 'import');
  const file = join(folder, 'bad.csv');
  writeFileSync(file, 'case,activity\n1,Insert ticket\n');
  const answer = await runDesk(['import', file, '--as-of', '2013-05-14T09:00Z', '--data', dir]);
  expect(answer.code).toBe(1);
  expect(answer.err).toMatch(/bad\.csv: line \d+: \w+/);
  expect(readdirSync(folder)).not.toContain('import');
});
