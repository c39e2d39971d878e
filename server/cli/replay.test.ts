import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { countOutcomes } from '../../shared/policy/attainment.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { policyForPast } from '../log-import/ticket-past.ts';
import { readWholeLog, replayLog } from '../replay/replay-log.ts';
import { replay } from './replay.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'desk-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header =
  'case,activity,resource,at,customer,product,seriousness,service_level,service_type,workgroup';
const row = (id: number, activity: string, at: string, seriousness = 1) =>
  `${id},${activity},7,${at},63,3,${seriousness},2,1,4`;

let files = 0;
function written(text: string): string {
  files += 1;
  const file = path.join(folder, `${files}`);
  writeFileSync(file, text);
  return file;
}

async function run(file: string, policy?: string) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await replay(file, policy === undefined ? {} : { policy }, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err };
}

/** A Wednesday; local to Rome, two hours ahead of UTC. */
const log = [
  header,
  // Answered in time, waited an hour.
  row(1, 'Assign seriousness', '2012-05-30T09:00:00'),
  row(1, 'Take in charge ticket', '2012-05-30T10:00:00'),
  row(1, 'Take in charge ticket', '2012-05-30T10:00:00'),
  row(1, 'Wait', '2012-05-30T11:00:00'),
  row(1, 'Take in charge ticket', '2012-05-30T12:00:00'),
  row(1, 'Closed', '2012-05-30T13:00:00'),
  row(1, 'VERIFIED', '2012-05-30T14:00:00'),
  // Critical, answered an hour late; a bug that is no longer one.
  row(2, 'Insert ticket', '2012-05-30T09:00:00', 3),
  row(2, 'Take in charge ticket', '2012-05-30T12:00:00', 3),
  row(2, 'Create SW anomaly', '2012-05-30T12:30:00', 3),
  row(2, 'Resolve SW anomaly', '2012-05-30T13:00:00', 3),
  // Closed without an answer, and one that begins in the middle and goes on.
  row(3, 'Assign seriousness', '2012-05-30T09:00:00', 4),
  row(3, 'DUPLICATE', '2012-05-30T09:30:00', 4),
  row(4, 'Require upgrade', '2012-05-30T13:30:00', 2),
].join('\n');

test('[W8] it counts every clock under the severity of its end, misses with lateness, and waiting', async () => {
  const { code, out, err } = await run(written(log));
  expect(code).toBe(0);
  expect(err.join()).toMatch(/^read in \d+ ms, replayed in \d+ ms$/);
  const text = out.join('\n');
  expect(text).toContain('14 events of 4 cases, 2012-05-30 07:00:00 to 2012-05-30 12:00:00');
  expect(text).toContain('12 events taken, 1 duplicates merged, 1 skipped');
  expect(text).toContain('1 skipped: it comes after closing');
  expect(text).toContain('1 cases begin in the middle');
  const table = out.map((line) => line.replaceAll(/ +/g, ' '));
  expect(table).toEqual(
    expect.arrayContaining([
      'severity clock met missed % met running paused suspended stopped excused lifted',
      'critical C1 0 1 0.0 0 0 0 0 0 0',
      'critical C2 1 0 100.0 0 0 0 0 0 0',
      'critical C4 0 0 - 0 0 0 0 0 1',
      'high C1 0 0 - 0 0 0 0 1 0',
      'medium C1 0 0 - 1 0 0 0 0 0',
      'low C1 1 0 100.0 0 0 0 0 0 0',
      'all C1 1 1 50.0 1 0 0 0 1 0',
      'C1 1 1:00 1:00 1:00 1:00 1:00 1:00',
      '2 C1 critical 2012-05-30 09:00:00 2012-05-30 10:00:00 1:00 1:00',
    ]),
  );
  expect(text).toContain('Waiting on the customer: 1 cases, 1 times, 0 of them still at the end');
  expect(text).toContain('total 1:00, median 1:00');
  expect(Math.max(...out.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('[C15] another document counts by its own targets, however long, and shows its zone', async () => {
  const document = {
    ...defaultPolicyDocument,
    timeZone: 'Europe/Rome',
    targetHours: { critical: 4, high: 12, medium: 24, low: 10_000 },
  };
  const { code, out } = await run(written(log), written(JSON.stringify(document)));
  expect(code).toBe(0);
  expect(out.join('\n')).toContain('2012-05-30 09:00:00 to 2012-05-30 14:00:00');
  expect(out.map((line) => line.replaceAll(/ +/g, ' '))).toContain(
    'critical C1 1 0 100.0 0 0 0 0 0 0',
  );
});

test('a document with faults is refused with path and reason of each, before anything is printed', async () => {
  const bad = {
    ...defaultPolicyDocument,
    timeZone: 'Mars/Base',
    holidays: ['2026-12-25', '2026-12-25'],
  };
  const refused = await run(written(log), written(JSON.stringify(bad)));
  expect(refused).toMatchObject({ code: 1, out: [] });
  expect(refused.err).toHaveLength(2);
  expect(refused.err[0]).toMatch(/: timeZone: no such IANA time zone: Mars\/Base$/);
  expect(refused.err[1]).toMatch(/: holidays\.1: 2026-12-25 is there twice$/);
  const broken = await run(written(log), written('{\n  "timeZone": "UTC",\n}'));
  expect(broken).toMatchObject({ code: 1, out: [] });
  expect(broken.err.join()).toMatch(/: line 3, column 1: a name in quotation marks is expected/);
  expect(await run(written(log), path.join(folder, 'none'))).toMatchObject({ code: 1, out: [] });
});

test('a malformed log is named by line and fault, and nothing is printed', async () => {
  const bad = await run(written(`${log}\n5,Dance,7,2012-05-30T09:00:00,1,1,1,1,1,1`));
  expect(bad).toMatchObject({ code: 1, out: [] });
  expect(bad.err.join()).toMatch(/: line 16: activity: "Dance" is not a known activity$/);
  expect((await run(written(header))).err.join()).toMatch(/: line 1: there are no events$/);
  expect(await run(path.join(folder, 'none'))).toMatchObject({ code: 1, out: [] });
});

const realLog = path.resolve(
  fileURLToPath(new URL('../..', import.meta.url)),
  '../shared/data/helpdesk-log.csv',
);
test.runIf(existsSync(realLog))(
  'the real log: the same twice, and every case counts once',
  { timeout: 60_000 },
  async () => {
    const [first, second] = [await run(realLog), await run(realLog)];
    expect(first.code).toBe(0);
    expect(second.out).toEqual(first.out);
    const read = readWholeLog(readFileSync(realLog));
    if (!read.ok) throw new Error(read.error.message);
    const policy = policyForPast(read.value.fromAt, read.value.untilAt);
    const { cases, taken, skippedBecause } = replayLog(read.value, policy);
    const skipped = Object.values(skippedBecause).reduce((sum, each) => sum + each, 0);
    expect(taken + skipped).toBe(read.value.events.length);
    for (const clock of ['C1', 'C2'] as const) {
      const runs = cases.flatMap((each) => each.runs.filter((own) => own.clock === clock));
      expect(runs).toHaveLength(2_290);
      const counted = Object.values(countOutcomes(runs)).reduce((sum, each) => sum + each, 0);
      expect(counted).toBe(2_290);
    }
    for (const { runs } of cases)
      for (const each of runs)
        expect(each.late === null).toBe(each.missedDueAt === null || each.endedAt === null);
  },
);
