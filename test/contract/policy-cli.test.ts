import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  defaultPolicyDocument,
  policyDocumentSchema,
} from '../../shared/policy/policy-document.ts';
import { fillDemo } from '../../server/cli/fill-demo.ts';
import { checkPolicy, logPolicies, setPolicy, showPolicy } from '../../server/cli/policy.ts';
import type { Terminal } from '../../server/cli/terminal.ts';
import { runDesk, serveDesk } from '../helpers/desk-process.ts';

/** `desk policy` (C14, C15): its words and exit codes. */

/** Shorter by far, so that dues move on most tickets. */
const hasty = {
  targetHours: { critical: 1, high: 4, medium: 8, low: 10 },
  firstContactHours: 5,
};

const folder = mkdtempSync(join(tmpdir(), 'desk-policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dir = join(folder, 'desk');

/** A command's words and its exit code; in this process, since each takes a database's start. */
async function run(command: (terminal: Terminal) => Promise<number>) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command({ out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const show = (json: boolean) => run((terminal) => showPolicy({ data: dir, json }, terminal));
const set = (path: string, dryRun = false) =>
  run((terminal) => setPolicy(path, { data: dir, dryRun }, terminal));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('[C15] files that are not there, no JSON, or no policy are named with place and reason', async () => {
  const check = (path: string) => run((terminal) => checkPolicy(path, terminal));
  const missing = await check(join(folder, 'none.json'));
  expect(missing).toMatchObject({ code: 1, out: '' });
  expect(missing.err).toContain('none.json: there is no such file');
  const broken = await check(file('broken.json', '{\n  "timeZone": "UTC"\n  "holidays": []\n}'));
  expect(broken.code).toBe(1);
  expect(broken.err).toContain('broken.json: line 3, column 3: ');
  const faulty = await check(file('faulty.json', { timeZone: 'UTC', colour: 'red' }));
  expect(faulty.code).toBe(1);
  expect(faulty.err).toMatch(/^.*faulty\.json: colour: there is no such setting$/m);
  expect(faulty.err).toMatch(/^.*faulty\.json: targetHours: \S+/m);
});

test('[C14, C15] show, edit, try and set', async () => {
  expect((await show(false)).code, 'looking makes no desk').toBe(1);
  const filled = await run((terminal) => fillDemo({ data: dir, tickets: 160, seed: 7 }, terminal));
  expect(filled.code).toBe(0);
  const shown = await show(true);
  expect(shown.code).toBe(0);
  const document = policyDocumentSchema.parse(JSON.parse(shown.out));
  expect((await show(false)).out).toMatch(
    /^Rules 1, in force since 20\S+Z, with which the desk began/,
  );
  const same = await set(file('same.json', shown.out));
  expect(same).toMatchObject({ code: 0, err: '' });
  expect(same.out).toContain('in force already (rules 1)');

  const edited = file('p.json', { ...document, ...hasty });
  const tried = await set(edited, true);
  expect(tried).toMatchObject({ code: 0, err: '' });
  expect(tried.out).toMatch(/^\d+ of \d+ open tickets change\.$/m);
  expect(tried.out).toMatch(/^ {2}C1: \d+ due earlier; by .+ in the middle, .+ at most$/m);
  expect((await show(true)).out).toBe(shown.out);

  const saved = await set(edited);
  expect(saved.code).toBe(0);
  expect(saved.out).toContain('Rules 2 are in force.');
  expect(saved.err).toMatch(/^policy: rules 2: VH-\d+ C1: 20\S+Z -> 20\S+Z$/m);
  const now = await show(true);
  expect(JSON.parse(now.out)).toEqual({ ...document, ...hasty });
});

test('[C15] a document with faults is refused and leaves all as it was; the log has what was set', async () => {
  const now = await show(true);
  const document = policyDocumentSchema.parse(JSON.parse(now.out));
  const bad = await set(file('bad.json', { ...document, timeZone: 'Mars/Olympus' }));
  expect(bad.code).toBe(1);
  expect(bad.err).toContain('bad.json: timeZone: no such IANA time zone: Mars/Olympus');
  expect(bad.err).toContain('The rules in force stay as they are.');
  expect((await show(true)).out).toBe(now.out);
  const logged = await run((terminal) => logPolicies({ data: dir }, terminal));
  expect(logged.out.split('\n').filter((line) => line.startsWith('rules'))).toHaveLength(2);
  expect(logged.out).toMatch(/^ {2}targetHours\.low: 48 -> 10$/m);
  expect(logged.out).toMatch(/^ {2}firstContactHours: 24 -> 5$/m);
});

test('[S10] while a desk runs, the CLI says who has it and where to edit the policy', async () => {
  const desk = await serveDesk(dir);
  const refused = await runDesk([
    'policy',
    'set',
    file('late.json', { ...defaultPolicyDocument, ...hasty }),
    '--data',
    dir,
  ]);
  expect(await desk.end('SIGTERM')).toBe(0);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(`in use by process ${desk.pid}`);
  expect(refused.err).toContain('settings page');
});
