import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchConsole, privateUserData } from './harness/launch.ts';
import type { RunningConsole } from './harness/launch.ts';
import { screenOf } from './harness/screen.ts';
import type { Screen } from './harness/screen.ts';
import { teamDesk } from './harness/team-desk.ts';
import type { TeamDesk } from './harness/team-desk.ts';

let desk: TeamDesk;
let data: Awaited<ReturnType<typeof privateUserData>>;
let console_: RunningConsole;

beforeAll(async () => {
  desk = await teamDesk(30);
  data = await privateUserData();
});

afterAll(async () => {
  await console_.kill();
  await data.remove();
  await desk.end();
});

async function start(): Promise<Screen> {
  console_ = await launchConsole({ userDataDir: data.dir, env: desk.env });
  const screen = screenOf(console_);
  await screen.rows().first().waitFor();
  await screen.view('All open');
  return screen;
}

async function journalPath(): Promise<string> {
  const profiles = join(data.dir, 'profiles');
  const [profile = ''] = await readdir(profiles);
  return join(profiles, profile, 'journal');
}

test('[S4] [S5] a damaged or lost journal is told to the agent, and new work shows', async () => {
  let screen = await start();
  await expect.poll(() => screen.statusBar().innerText()).toMatch(/Online/);
  const ticket = (await desk.api.heads()).find((head) => head.status.value === 'open');
  if (ticket === undefined) throw new Error('no open ticket');
  await screen.open(ticket.reference);
  await screen.write('n', 'Accepted by the desk.');
  await expect
    .poll(async () => JSON.stringify((await desk.api.ticket(ticket.id)).entries))
    .toContain('Accepted by the desk.');
  await desk.process.kill();
  await expect.poll(() => screen.statusBar().innerText(), { timeout: 30_000 }).toMatch(/Offline/);
  for (const n of [1, 2, 3]) await screen.write('n', `Saved note ${n}.`);
  await screen.entry('Saved note 3.').waitFor();
  await console_.kill();

  // One flipped bit in the text of the second note.
  const path = await journalPath();
  const bytes = await readFile(path);
  const place = bytes.indexOf('Saved note 2.');
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);
  screen = await start();
  await screen.page.getByText(/saved changes was damaged/).waitFor();
  await screen.open(ticket.reference);
  await screen.entry('Saved note 1.').waitFor();
  await screen.entry('Saved note 3.').waitFor();
  expect(await screen.entry('Saved note 2.').count()).toBe(0);
  await console_.kill();

  await rm(path);
  screen = await start();
  await screen.page.getByText(/saved changes was damaged/).waitFor();
  await screen.open(ticket.reference);
  await screen.write('n', 'Written after the loss.');
  await screen.entry('Written after the loss.').waitFor();
  await desk.process.restart();
  await expect
    .poll(async () => JSON.stringify((await desk.api.ticket(ticket.id)).entries), {
      timeout: 60_000,
    })
    .toContain('Written after the loss.');
});
