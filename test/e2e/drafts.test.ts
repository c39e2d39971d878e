import { readFile, readdir, writeFile } from 'node:fs/promises';
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

const replyBox = (screen: Screen) => screen.page.getByRole('textbox', { name: /^Reply to/ });
const noteBox = (screen: Screen) => screen.page.getByRole('textbox', { name: 'Internal note' });
const saved = (screen: Screen) => screen.page.getByText('Draft saved', { exact: true });

async function type(screen: Screen, key: 'r' | 'n', text: string): Promise<void> {
  await screen.page.getByRole('listbox').focus();
  await screen.press(key);
  await screen.page.keyboard.type(text);
}

test('[S17] a draft survives kill -9, an ordinary end, and damage to another one', async () => {
  let screen = await start();
  await expect.poll(() => screen.statusBar().innerText()).toMatch(/Online/);
  const [ticket, other] = (await desk.api.heads()).filter((head) => head.status.value === 'open');
  if (ticket === undefined || other === undefined) throw new Error('no two open tickets');

  await screen.open(ticket.reference);
  await type(screen, 'r', 'Dear customer, we have');
  await saved(screen).waitFor();
  await type(screen, 'n', 'For the team');
  await saved(screen).waitFor();
  await console_.kill();

  screen = await start();
  const row = screen.rows().filter({ hasText: ticket.reference });
  await row.getByText('draft', { exact: true }).waitFor();
  // Begun is not done: nothing waits to be sent.
  expect(await screen.statusBar().innerText()).not.toMatch(/waiting/);
  await screen.open(ticket.reference);
  expect(await replyBox(screen).inputValue()).toBe('Dear customer, we have');
  await type(screen, 'n', '');
  expect(await noteBox(screen).inputValue()).toBe('For the team');

  // Typed and at once closed, with no time for a pause.
  await screen.open(other.reference);
  await type(screen, 'r', 'Another one');
  await console_.close();

  // One flipped bit in the second.
  const path = await draftPath('Another one');
  const bytes = await readFile(path);
  const place = bytes.indexOf('Another one');
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);

  screen = await start();
  await screen.page.getByText(/A draft was damaged/).waitFor();
  await screen.open(ticket.reference);
  expect(await replyBox(screen).inputValue()).toBe('Dear customer, we have');
  await screen.page.getByRole('listbox').focus();
  await screen.press('r');
  await screen.press('Control+Enter');
  await expect
    .poll(async () => JSON.stringify((await desk.api.ticket(ticket.id)).entries), {
      timeout: 20_000,
    })
    .toContain('Dear customer, we have');
  await console_.kill();

  screen = await start();
  await screen.open(ticket.reference);
  expect(await replyBox(screen).inputValue()).toBe('');
  // Told once.
  expect(await screen.page.getByText(/A draft was damaged/).count()).toBe(0);
});

/** The file of the draft that holds this text. */
async function draftPath(text: string): Promise<string> {
  const profiles = join(data.dir, 'profiles');
  const [profile = ''] = await readdir(profiles);
  const directory = join(profiles, profile, 'drafts');
  for (const name of await readdir(directory))
    if ((await readFile(join(directory, name), 'utf8')).includes(text))
      return join(directory, name);
  throw new Error(`no draft holds "${text}"`);
}
