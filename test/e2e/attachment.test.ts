import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachmentsOf } from '../../shared/tickets/attachment.ts';
import { fileOf, someBytes } from '../helpers/files.ts';
import { launchConsole, privateUserData } from './harness/launch.ts';
import type { RunningConsole } from './harness/launch.ts';
import { screenOf } from './harness/screen.ts';
import type { Screen } from './harness/screen.ts';
import { teamDesk } from './harness/team-desk.ts';
import type { TeamDesk } from './harness/team-desk.ts';

/** A red and a blue pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DAwPAfAAcAAf/5GjQNAAAAAElFTkSuQmCC',
  'base64',
);
const LOG = new TextEncoder().encode('12:00 mail worker: all is well\n'.repeat(40));
const OTHER_LOG = new TextEncoder().encode('nobody has looked at this yet\n');
const PROGRAM = new TextEncoder().encode('MZ this is no document');

let desk: TeamDesk;
let files: Awaited<ReturnType<typeof privateUserData>>;
let mine: Awaited<ReturnType<typeof privateUserData>>;
let theirs: Awaited<ReturnType<typeof privateUserData>>;
const running: RunningConsole[] = [];

beforeAll(async () => {
  desk = await teamDesk(40);
  files = await privateUserData();
  mine = await privateUserData();
  theirs = await privateUserData();
  await writeFile(join(files.dir, 'worker.log'), LOG);
  await writeFile(join(files.dir, 'large.bin'), someBytes(24 * 1024 * 1024));
});
afterAll(async () => {
  await closeAll();
  for (const each of [files, mine, theirs]) await each.remove();
  await desk.end();
});

async function closeAll(): Promise<void> {
  for (const each of running.splice(0)) await each.close().catch(() => undefined);
}

async function start(dir: string, env: TeamDesk['env']) {
  const console_ = await launchConsole({ userDataDir: dir, env });
  running.push(console_);
  const screen = screenOf(console_);
  await screen.rows().first().waitFor();
  await screen.view('All open');
  return { console_, screen };
}

/** Stands in for the system's dialogs, which no test can press. */
async function chooseInDialog({ app }: RunningConsole, paths: string[], target: string) {
  await app.evaluate(
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: chosen.paths });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen.target });
    },
    { paths, target },
  );
}

/** Drops a file on the composer, or pastes it there, as the system would. */
async function give(page: Page, how: 'drop' | 'paste', name: string, bytes: Uint8Array) {
  await page.getByRole('textbox', { name: /^Reply to/ }).evaluate(
    (element, given) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(given.bytes)], given.name, { type: 'image/png' }));
      const init = { bubbles: true, cancelable: true };
      if (given.how === 'paste') {
        element.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }));
        return;
      }
      element.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: data }));
      element.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data }));
    },
    { how, name, bytes: [...bytes] },
  );
}

const attached = (page: Page) => page.getByRole('list', { name: 'Attached files' });
const entryFiles = (screen: Screen, text: string) =>
  screen.page
    .getByRole('region', { name: 'Conversation' })
    .getByRole('article')
    .filter({ hasText: text })
    .getByRole('list', { name: 'Files' });

async function freshTickets() {
  const heads = await desk.api.heads();
  return heads.filter((head) => head.status.value === 'open' && head.assignee.value === null);
}

test('[S16] attached offline, killed, restarted, online: the other console sees and opens the files', async () => {
  let { console_, screen } = await start(mine.dir, desk.env);
  await expect.poll(() => screen.statusBar().innerText()).toMatch(/Online/);
  const [ticket, other] = await freshTickets();
  if (ticket === undefined || other === undefined) throw new Error('no fresh tickets');
  await desk.process.kill();
  await expect.poll(() => screen.statusBar().innerText(), { timeout: 30_000 }).toMatch(/Offline/);

  await screen.open(ticket.reference);
  await chooseInDialog(console_, [join(files.dir, 'worker.log')], '');
  await screen.page.getByRole('button', { name: 'Attach files' }).press('Enter');
  await attached(screen.page).getByText('worker.log').waitFor();
  await give(screen.page, 'paste', 'image.png', PNG);
  await give(screen.page, 'drop', '../../in\u202Evoice.pdf', PROGRAM);
  await give(screen.page, 'drop', `${'x'.repeat(10_000)}.txt`, OTHER_LOG);
  await give(screen.page, 'drop', 'second thoughts.txt', LOG);
  await give(screen.page, 'drop', 'empty.txt', new Uint8Array());
  await expect.poll(() => attached(screen.page).getByRole('listitem').count()).toBe(6);
  await attached(screen.page).getByText('The file is empty.').waitFor();
  await screen.page.getByRole('button', { name: 'Dismiss empty.txt' }).click();
  await screen.page.getByRole('button', { name: 'Remove second thoughts.txt' }).click();
  await screen.write('r', 'With files.');
  await attached(screen.page).waitFor({ state: 'detached' });

  // Begun and not sent.
  await screen.open(other.reference);
  await give(screen.page, 'paste', 'image.png', PNG);
  await attached(screen.page).getByText('image.png').waitFor();
  await screen.page.getByText('Draft saved').waitFor();

  await console_.kill();
  ({ console_, screen } = await start(mine.dir, desk.env));
  await screen.open(other.reference);
  await attached(screen.page).getByText('image.png').waitFor();
  await screen.open(ticket.reference);
  const pending = entryFiles(screen, 'With files.');
  await expect.poll(() => pending.getByRole('listitem').count()).toBe(4);
  // It is here, also without a desk.
  await pending.getByRole('button', { name: 'Show image.png' }).click();
  await screen.page.getByRole('img', { name: 'image.png' }).waitFor();

  await desk.process.restart();
  await expect
    .poll(() => screen.statusBar().innerText(), { timeout: 60_000 })
    .toMatch(/^(?![^]*waiting)[^]*Online/);
  const { entries } = await desk.api.ticket(ticket.id);
  const sent = entries.flatMap(({ body }) => attachmentsOf(body));
  expect(sent).toEqual([
    { ...fileOf(LOG, 'worker.log'), type: 'text/plain' },
    { ...fileOf(PNG, 'image.png'), type: 'image/png' },
    { ...fileOf(PROGRAM, 'invoice.pdf'), type: 'application/x-msdownload' },
    { ...fileOf(OTHER_LOG, `${'x'.repeat(116)}.txt`), type: 'text/plain' },
  ]);

  const colleague = await start(theirs.dir, desk.colleagueEnv);
  const { page } = colleague.screen;
  await colleague.screen.open(ticket.reference);
  const there = entryFiles(colleague.screen, 'With files.');
  await there.getByRole('button', { name: 'Show image.png' }).click();
  const image = page.getByRole('img', { name: 'image.png' });
  await image.waitFor();
  await expect
    .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
    .toBe(2);
  expect(await image.getAttribute('src')).toMatch(/^blob:app:\/\/console\//);
  await there.getByRole('button', { name: 'Show worker.log' }).click();
  await page.getByRole('region', { name: 'Text of worker.log' }).getByText('all is well').waitFor();

  // A program under a document's name is not shown, and only saved after a warning, as no program.
  await expect.poll(() => there.getByRole('button', { name: 'Show invoice.pdf' }).count()).toBe(0);
  const target = join(files.dir, 'saved.pdf');
  await chooseInDialog(colleague.console_, [], target);
  await there.getByRole('button', { name: 'Save invoice.pdf' }).click();
  await there.getByText(/This is a program under the name/).waitFor();
  expect(await stat(target).catch(() => null)).toBeNull();
  await there.getByRole('button', { name: 'Save anyway invoice.pdf' }).click();
  await there.getByText('Saved.').waitFor();
  expect(await readFile(target)).toEqual(Buffer.from(PROGRAM));
  expect((await stat(target)).mode & 0o111).toBe(0);

  // Without the desk, what was looked at before is here, and what was not is said so.
  await desk.process.kill();
  await colleague.console_.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.reload();
  });
  await colleague.screen.rows().first().waitFor();
  await colleague.screen.view('All open');
  await colleague.screen.open(ticket.reference);
  await there.getByRole('button', { name: 'Show image.png' }).click();
  await image.waitFor();
  await there.getByRole('button', { name: /^Show xxx/ }).click();
  await there.getByText('This file is not here while offline.').waitFor();
  await desk.process.restart();
});

test('[S16] the desk dies in the middle of an upload and returns: it goes on where it stood', async () => {
  await closeAll();
  const { console_, screen } = await start(mine.dir, desk.env);
  await expect.poll(() => screen.statusBar().innerText(), { timeout: 30_000 }).toMatch(/Online/);
  const ticket = (await freshTickets())[2];
  if (ticket === undefined) throw new Error('no fresh ticket');
  await screen.open(ticket.reference);
  await chooseInDialog(console_, [join(files.dir, 'large.bin')], '');
  await screen.page.getByRole('button', { name: 'Attach files' }).click();
  await attached(screen.page).getByText('large.bin').waitFor();
  // What main says of the upload, in order.
  await screen.page.evaluate(() => {
    const heard: number[] = [];
    Object.assign(window, { heard });
    window.agentConsole?.on('uploads.changed', ({ uploads }) => {
      const [upload] = uploads;
      if (upload !== undefined && upload.sent > 0) heard.push(upload.sent);
    });
  });
  const heard = () => screen.page.evaluate(() => (window as unknown as { heard: number[] }).heard);
  await screen.write('r', 'With a large file.');
  await screen.page.waitForFunction(
    () => ((window as unknown as { heard: number[] }).heard.at(-1) ?? 0) > 4_000_000,
    undefined,
    { timeout: 60_000 },
  );
  await desk.process.kill();
  const before = (await heard()).at(-1) ?? 0;
  expect(before).toBeLessThan(24 * 1024 * 1024);
  // Other work goes on meanwhile.
  await screen.write('n', 'Written while it is away.');
  await desk.process.restart();
  await expect
    .poll(() => screen.statusBar().innerText(), { timeout: 60_000 })
    .toMatch(/^(?![^]*waiting)[^]*Online/);
  const all = await heard();
  // Never back: what the desk had was not sent again.
  expect(all).toEqual(all.toSorted((a, b) => a - b));
  const { entries } = await desk.api.ticket(ticket.id);
  const own = entries.filter(({ author }) => author.kind === 'agent' && author.id === 'test-agent');
  expect(own.map(({ body }) => 'text' in body && body.text)).toEqual([
    'With a large file.',
    'Written while it is away.',
  ]);
  const bytes = someBytes(24 * 1024 * 1024);
  expect(attachmentsOf(own[0]?.body ?? {})).toEqual([fileOf(bytes, 'large.bin')]);
});
