import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILE_HEADER_BYTES } from '../../main/journal/record-format.ts';
import { randomFrom } from '../../server/demo/random.ts';
import type { FailpointName } from '../../shared/base/failpoint.ts';
import { privateUserData } from '../e2e/harness/launch.ts';
import { anyWork } from './any-work.ts';
import { fillDesk, pglitePlace, startChaosDesk } from './chaos-desk.ts';
import type { ChaosDesk } from './chaos-desk.ts';
import { dieAtStart, journalsOf, startElectron } from './electron-seat.ts';
import type { ElectronConsole, ElectronPlace } from './electron-seat.ts';
import { consoleFailpoints } from './kill-run.ts';
import { promises } from './promises.ts';
import { say } from './say.ts';

const replicaFailpoints: readonly FailpointName[] = [
  'replica.before-transaction',
  'replica.before-commit',
  'replica.after-commit',
];
/** Beside one at each failpoint. A long run has more (build/chaos.ts). */
const ANY_TIME = Number(process.env['CHAOS_ELECTRON_KILLS'] ?? 5);
const USABLE_MS = 3_000;
const STRIKE_MS = 30_000;

const random = randomFrom('electron kills');
const promised = promises();
let desk: ChaosDesk;
let place: ElectronPlace;
let cleanMs = 0;
let nextDraft: ReturnType<typeof anyWork>;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const made = await pglitePlace();
  const data = await privateUserData();
  const tokens = await fillDesk(made.place, 60, ['reader', 'ann']);
  desk = await startChaosDesk(made.place, tokens.get('reader') ?? '');
  ends.push(desk.end, made.remove, data.remove);
  place = {
    userDataDir: data.dir,
    env: {
      AGENT_CONSOLE_DESK_URL: desk.url,
      AGENT_CONSOLE_DESK_TOKEN: tokens.get('ann') ?? '',
    },
  };
  const open = (await desk.api.heads()).filter((head) => head.status.value === 'open');
  nextDraft = anyWork(
    random,
    open.slice(0, 6).map(({ id }) => id),
    'ann',
  );
  // The first start fetches everything; the second is what a start is when nobody was killed.
  for (let n = 0; n < 2; n += 1) {
    const clean = await started();
    cleanMs = clean.shownMs();
    await clean.running.close();
  }
});

afterAll(async () => {
  for (const end of ends) await end();
});

async function started(): Promise<ElectronConsole> {
  const console_ = await startElectron(place);
  if (console_ === null) throw new Error('the console does not start');
  return console_;
}

/** Fast keys until the console is dead or the time is over. */
async function workFor(console_: ElectronConsole, ms: number): Promise<void> {
  const from = performance.now();
  const answers: Promise<void>[] = [];
  while (!console_.isDead() && performance.now() - from < ms) {
    const drafts = Array.from({ length: 1 + Math.floor(random() * 3) }, nextDraft);
    answers.push(
      console_.submit(drafts).then((answer) => {
        promised.saved(answer?.saved ?? []);
      }),
    );
    await wait(Math.min(30, ms));
  }
  if (console_.isDead()) await Promise.all(answers);
}

/** Makes the next start write the journal anew, without taking anything from it. */
async function scratchJournal(): Promise<void> {
  const profiles = join(place.userDataDir, 'profiles');
  const [name = ''] = await readdir(profiles);
  const path = join(profiles, name, 'journal');
  const bytes = await readFile(path);
  bytes[FILE_HEADER_BYTES + 3] = (bytes[FILE_HEADER_BYTES + 3] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

/** Starts anew after a kill: usable within 3 s, or where the machine itself is slow now, like a start without one. */
async function expectUsable(): Promise<number> {
  const console_ = await started();
  const ms = console_.shownMs();
  await console_.running.kill();
  expect(ms).toBeLessThan(Math.max(USABLE_MS, 3 * cleanMs));
  return ms;
}

const shown: number[] = [];

const atStart = (name: FailpointName): boolean => name.startsWith('journal.replace');

test.each(consoleFailpoints.filter(atStart))(
  '[S5] killed at %s in real Electron, the console starts again at once',
  async (name) => {
    await scratchJournal();
    expect(await dieAtStart(place, name)).toBe('SIGKILL');
    shown.push(await expectUsable());
  },
);

test.each([...consoleFailpoints.filter((name) => !atStart(name)), ...replicaFailpoints])(
  '[S5] [S13] killed at %s in real Electron, the console starts again at once',
  async (name) => {
    const console_ = await startElectron(place, name);
    if (console_ !== null) await workFor(console_, STRIKE_MS);
    const struck = console_?.isDead() ?? true;
    await console_?.running.kill();
    expect(struck).toBe(true);
    shown.push(await expectUsable());
  },
);

test(`[S5] [S13] killed ${ANY_TIME} times at any time in real Electron, the console starts again at once`, async () => {
  for (let n = 0; n < ANY_TIME; n += 1) {
    const console_ = await started();
    shown.push(console_.shownMs());
    const done = workFor(console_, 100 + random() * 900);
    await wait(100 + random() * 900);
    await console_.running.kill();
    await done;
  }
  shown.push(await expectUsable());
}, 600_000);

test('[S2] [S5] after all those kills nothing that was called saved is lost, and nothing is there twice', async () => {
  const console_ = await started();
  await expect
    .poll(() => console_.running.page.getByRole('contentinfo').innerText(), { timeout: 30_000 })
    .toMatch(/^(?![^]*waiting)[^]*Online/);
  await console_.running.close();
  expect(await promised.broken(desk.api, await journalsOf(place.userDataDir))).toEqual([]);
  expect(promised.count()).toBeGreaterThan(50);
  const worst = Math.max(...shown);
  say(
    `real Electron: ${shown.length} starts after a kill, ${promised.count()} changes saved; rows shown within ${worst} ms, ` +
      `without a kill in ${cleanMs} ms`,
  );
});
