import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { runDesk } from '../../test/helpers/desk-process.ts';
import { submission, TEST_NOW, testConsole, testDesk } from '../../test/helpers/desk.ts';
import { policyVersion, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { takeSubmission } from '../intake/intake.ts';
import { memoryStore } from '../store/memory.ts';
import { readTicketByReference } from '../sync/read-ticket.ts';
import { explainOn } from './explain.ts';
import { explainTicket } from './explain-ticket.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'desk-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A desk with one ticket, on which Ann did these things, an hour after the other. */
async function deskWith(...actions: Action[]) {
  const { desk, around, agents } = await testDesk(
    memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }),
  );
  const taken = await takeSubmission(desk, submission('t1', { asked: 'high' }));
  if (!taken.ok) throw new Error(taken.error.message);
  const console = testConsole(desk, agents[0], 'c1');
  for (const action of actions) {
    around.setNow(around.nowMs() + HOUR_MS);
    await console.push(console.command('t1', action));
  }
  return {
    around,
    explained: async (at?: string) => {
      const found = await readTicketByReference(desk.store, taken.value.reference);
      if (found === null) throw new Error('no ticket');
      const out: string[] = [];
      const err: string[] = [];
      const terminal = {
        out: (line: string) => out.push(line),
        err: (line: string) => err.push(line),
      };
      const code = await explainOn(desk, found, at === undefined ? {} : { at }, terminal);
      return { code, out, err, text: out.join('\n') };
    },
  };
}

const raise: Action = { kind: 'set-severity', severity: 'high', reason: null };
const reply: Action = { kind: 'reply', text: 'We look into it.' };

test('[C15] clocks with state, due, counted time and reason by rule, and who did it by name', async () => {
  const { explained } = await deskWith(raise);
  const { code, text, out } = await explained();
  expect(code).toBe(0);
  expect(text).toContain('VH-10001  Subject of t1');
  expect(text).toContain('Acme, high, uncategorised, open, assigned to nobody');
  expect(text).toContain('At 2026-11-23 13:00:00 UTC (2026-11-23T13:00:00Z)');
  expect(text).toMatch(
    /Support rules 1 \(with which the desk began\), in force since 2026-11-23 12:00:00 UTC/,
  );
  expect(text).toContain('C1 Response: running');
  expect(text).toContain('due      2026-11-24 00:00:00 UTC (2026-11-24T00:00:00Z)');
  expect(text).toContain('counted  1:00 used of 12:00, 11:00 left (high, Monday to Saturday)');
  expect(text).toMatch(/C10 {2}Raised to High 2026-11-23 13:00:00 by Ann; the customer had asked/);
  expect(text).toContain('C5 Triage: met');
  expect(text).toContain('No misses on record.');
  expect(Math.max(...out.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('[C11] misses on record with their lateness, and what the desk is yet to record', async () => {
  const { explained, around } = await deskWith();
  around.setNow(TEST_NOW + 50 * HOUR_MS);
  const open = await explained();
  expect(open.text).toContain('C1 Response: missed, running');
  expect(open.text).toMatch(/counted {2}50:00 used of 48:00, over by 2:00/);
  expect(open.text).toContain('Misses: 0 on record, 3 not on record yet');
  expect(open.text).toContain('goes on; not on record yet');
  const late = await deskWith(
    ...Array.from({ length: 50 }, (): Action => ({ kind: 'note', text: 'x' })),
    reply,
  );
  const { text } = await late.explained();
  expect(text).toContain('C1 Response: missed, ended late');
  expect(text).toMatch(
    /C1 low, due 2026-11-25 12:00:00 UTC .*\n +late by 3:00 counted, 3:00 in all/,
  );
});

test('--at looks at another moment, local to the policy or with a zone, and says what is of now', async () => {
  const { explained } = await deskWith(raise);
  for (const at of ['2026-11-23T12:30', '2026-11-23T13:30+01:00']) {
    const { text } = await explained(at);
    expect(text).toContain('counted  0:30 used of 12:00, 11:30 left');
    expect(text).toContain('It has changed since (2026-11-23 13:00:00)');
  }
  expect(await explained('soon')).toMatchObject({
    code: 1,
    out: [],
    err: ['--at: "soon" is not a time such as 2026-06-01T12:00 (UTC) or 2026-06-01T12:00Z'],
  });
});

test('[C4] [C13] paused and suspended clocks show what they used, in the zone of the policy', () => {
  const rules = policyVersion({ timeZone: 'America/Argentina/ComodRivadavia' });
  const resolved = ticket({
    status: { ...ticket().status, value: 'waiting', at: WEDNESDAY_10 + 5 * HOUR_MS },
    category: { ...ticket().category, value: 'bug' },
    certifiedAt: WEDNESDAY_10,
    certifiedVersion: 2,
    updatePauses: [{ fromAt: WEDNESDAY_10 + 5 * HOUR_MS, toAt: null }],
  });
  const look = { at: WEDNESDAY_10 + 20 * HOUR_MS, names: new Map() };
  const lines = explainTicket(resolved, compilePolicy(rules), look);
  const text = lines.join('\n');
  expect(text).toContain('C4 Progress update: paused');
  expect(text).toContain('due      at no time while it is paused');
  expect(text).toContain('counted  5:00 used of 72:00, 67:00 left');
  expect(text).toContain(
    'At 2026-11-19 03:00:00 America/Argentina/ComodRivadavia (2026-11-19T06:00:00Z)',
  );
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('on a desk of its own: known, unknown, and no desk at all', { timeout: 60_000 }, async () => {
  const dir = path.join(folder, 'desk');
  const none = await runDesk(['explain', 'VH-20001', '--data', dir]);
  expect(none).toMatchObject({ code: 1, out: '', err: `there is no desk in ${dir}\n` });
  await runDesk(['demo', '--data', dir, '--tickets', '3']);
  const known = await runDesk(['explain', 'VH-20001', '--data', dir]);
  expect(known).toMatchObject({ code: 0, err: '' });
  expect(known.out).toMatch(/^VH-20001 {2}/);
  const unknown = await runDesk(['explain', 'VH-1', '--data', dir]);
  expect(unknown).toMatchObject({ code: 1, out: '', err: 'there is no ticket VH-1\n' });
});
