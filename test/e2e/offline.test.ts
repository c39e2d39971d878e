import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchConsole, privateUserData } from './harness/launch.ts';
import type { RunningConsole } from './harness/launch.ts';
import { screenOf } from './harness/screen.ts';
import type { Screen } from './harness/screen.ts';
import { teamDesk } from './harness/team-desk.ts';
import type { TeamDesk } from './harness/team-desk.ts';

let desk: TeamDesk;
let data: Awaited<ReturnType<typeof privateUserData>>;
let console_: RunningConsole | null = null;

beforeAll(async () => {
  desk = await teamDesk(60);
  data = await privateUserData();
});

afterAll(async () => {
  await console_?.close();
  await data.remove();
  await desk.end();
});

async function start(): Promise<Screen> {
  console_ = await launchConsole({ userDataDir: data.dir, env: desk.env });
  const screen = screenOf(console_);
  await screen.rows().first().waitFor();
  return screen;
}

/** Every thing an agent did on the ticket, in the desk's order. */
async function done(ticketId: string): Promise<string[]> {
  const { entries } = await desk.api.ticket(ticketId);
  return entries
    .filter(({ author }) => author.kind === 'agent' && author.id === 'test-agent')
    .map(({ body }) => {
      switch (body.kind) {
        case 'message':
        case 'note':
          return body.text;
        case 'change':
          return `${body.field} ${body.to}`;
        case 'attempt':
        case 'escalation':
        case 'acknowledged':
        case 'no-reply-needed':
        case 'reply-needed':
        case 'asked':
        case 'data-request':
        case 'data-request-state':
        case 'converted':
        case 'conversion-undone':
          return body.kind;
      }
    });
}

test('[S2] [S5] the desk dies, the console is killed, the desk returns: all arrives in order, once', async () => {
  let screen = await start();
  await screen.view('All open');
  await expect.poll(() => screen.statusBar().innerText()).toMatch(/Online/);
  const heads = await desk.api.heads();
  const [first, second] = heads.filter(
    (head) =>
      head.status.value === 'open' &&
      head.category.value === 'uncategorised' &&
      head.severity.value !== 'medium' &&
      head.asked.length === 0 &&
      head.assignee.value === null,
  );
  if (first === undefined || second === undefined) throw new Error('no fresh tickets');

  await desk.process.kill();
  await expect.poll(() => screen.statusBar().innerText(), { timeout: 30_000 }).toMatch(/Offline/);

  // All of it goes on working without a desk.
  await screen.open(first.reference);
  await screen.write('r', 'Offline reply to the first.');
  await screen.write('n', 'Offline note on the first.');
  await screen.recordAttempt('Reproduced', 'Offline steps.');
  await screen.decide('3');
  await screen.press('b');
  await screen.escalate(/^Support lead/, 'SLA at risk', 'The desk is away.');
  await screen.press('a');
  await screen.open(second.reference);
  await screen.write('r', 'Offline reply to the second.');
  await screen.press('a');
  await screen.press('w');
  await screen.entry('Offline reply to the second.').waitFor();
  await expect.poll(() => screen.statusBar().innerText()).toMatch(/10 changes waiting/);

  // No handler runs; what was shown must be on disk.
  await console_?.kill();
  screen = await start();
  await screen.view('All open');
  await expect.poll(() => screen.statusBar().innerText()).toMatch(/10 changes waiting/);
  await screen.open(first.reference);
  await screen.entry('Offline reply to the first.').waitFor();
  await screen.entry('Offline note on the first.').waitFor();
  await screen.page.getByRole('button', { name: 'Severity: medium' }).waitFor();
  await screen.write('n', 'A note after the restart.');
  await expect.poll(() => screen.statusBar().innerText()).toMatch(/11 changes waiting/);

  await desk.process.restart();
  await expect
    .poll(() => screen.statusBar().innerText(), { timeout: 60_000 })
    .toMatch(/^(?![^]*waiting)[^]*Online/);
  expect(await done(first.id)).toEqual([
    'Offline reply to the first.',
    'Offline note on the first.',
    'attempt',
    'severity medium',
    'category bug',
    'escalation',
    'assignee test-agent',
    'A note after the restart.',
  ]);
  expect(await done(second.id)).toEqual([
    'Offline reply to the second.',
    'assignee test-agent',
    'status waiting',
  ]);
});

test('[S2] the desk is killed again and again while the console sends: nothing lost, nothing twice', async () => {
  const screen = screenOf(
    console_ ?? (await launchConsole({ userDataDir: data.dir, env: desk.env })),
  );
  const ticket = (await desk.api.heads()).find(
    (head) => head.status.value === 'open' && head.assignee.value === null,
  );
  if (ticket === undefined) throw new Error('no open ticket');
  await screen.open(ticket.reference);
  const written: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let n = 0; n < 5; n += 1) {
      const text = `Note ${round}.${n}.`;
      await screen.write('n', text);
      written.push(text);
    }
    // Somewhere between receiving, committing and answering.
    await desk.process.kill();
    await desk.process.restart();
  }
  await expect
    .poll(() => screen.statusBar().innerText(), { timeout: 60_000 })
    .toMatch(/^(?![^]*waiting)[^]*Online/);
  expect((await done(ticket.id)).filter((text) => text.startsWith('Note '))).toEqual(written);
});
