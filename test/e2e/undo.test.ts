import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { launchConsole, privateUserData } from './harness/launch.ts';
import type { RunningConsole } from './harness/launch.ts';
import { screenOf } from './harness/screen.ts';
import type { Screen } from './harness/screen.ts';
import { teamDesk } from './harness/team-desk.ts';
import type { TeamDesk } from './harness/team-desk.ts';

let desk: TeamDesk;
let data: Awaited<ReturnType<typeof privateUserData>>;
let console_: RunningConsole;
let screen: Screen;

beforeAll(async () => {
  desk = await teamDesk(60);
  data = await privateUserData();
  console_ = await launchConsole({ userDataDir: data.dir, env: desk.env });
  screen = screenOf(console_);
  await screen.rows().first().waitFor();
  await screen.view('All open');
});

afterAll(async () => {
  await console_.close();
  await data.remove();
  await desk.end();
});

/** Tickets on which every action makes sense, one for each test. */
const used = new Set<string>();
async function freshTicket(): Promise<TicketHead> {
  const found = (await desk.api.heads()).find(
    (head) =>
      !used.has(head.id) &&
      head.status.value === 'open' &&
      head.category.value === 'uncategorised' &&
      head.severity.value === 'low' &&
      head.assignee.value === null &&
      head.asked.length === 0,
  );
  if (found === undefined) throw new Error('the demo desk has no fresh ticket');
  used.add(found.id);
  await screen.open(found.reference);
  return found;
}

const toast = () => screen.page.getByRole('region', { name: 'What you did last' });
const replyBox = () => screen.page.getByRole('textbox', { name: /^Reply to/ });
const texts = async (id: string) =>
  (await desk.api.ticket(id)).entries.flatMap(({ body }) =>
    body.kind === 'message' || body.kind === 'note' ? [body.text] : [],
  );

async function send(text: string): Promise<void> {
  await screen.page.getByRole('listbox').focus();
  await screen.press('r');
  await replyBox().fill(text);
  await screen.press('Control+Enter');
}

test('[S17] a reply taken back within 5 s never reaches the desk, and its words are in the composer', async () => {
  const ticket = await freshTicket();
  await send('Too soon.');
  await toast()
    .getByText(/Reply goes out/)
    .first()
    .waitFor();
  // The focus has stayed where it was: what is typed on goes into the next reply.
  await screen.page.keyboard.type('And one more thing.');
  await toast().getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => replyBox().inputValue()).toBe('Too soon.\n\nAnd one more thing.');
  await toast().waitFor({ state: 'detached' });
  expect(await screen.statusBar().innerText()).not.toMatch(/waiting/);

  // A later one goes out, so all that was to go has gone; the first is not among it.
  await replyBox().fill('This one stays.');
  await screen.press('Control+Enter');
  await expect.poll(() => texts(ticket.id), { timeout: 20_000 }).toContain('This one stays.');
  expect(await texts(ticket.id)).not.toContain('Too soon.');

  // Gone out, it cannot be taken back, and that is said.
  await screen.page.getByRole('listbox').focus();
  await screen.press('z');
  await screen.page.getByText(/has gone to the customer and cannot be taken back/).waitFor();
});

test('[S17] in an empty composer Ctrl+Z takes the last reply back, also at once after Ctrl+Enter', async () => {
  const ticket = await freshTicket();
  await send('By key alone.');
  await expect.poll(() => replyBox().inputValue()).toBe('');
  await screen.press('Control+z');
  await expect.poll(() => replyBox().inputValue()).toBe('By key alone.');
  await replyBox().fill('');
  expect(await texts(ticket.id)).not.toContain('By key alone.');
});

test('[S17] severity and assignee go back after they were sent, one after the other', async () => {
  const ticket = await freshTicket();
  await screen.page.getByRole('listbox').focus();
  await screen.decide('2');
  await screen.press('a');
  const stands = async () => {
    const { head } = await desk.api.ticket(ticket.id);
    return [head.severity.value, head.assignee.value];
  };
  await expect.poll(stands, { timeout: 15_000 }).toEqual(['high', 'test-agent']);
  await screen.press('z');
  await expect.poll(stands, { timeout: 15_000 }).toEqual(['high', null]);
  await screen.press('z');
  await expect.poll(stands, { timeout: 15_000 }).toEqual(['low', null]);
  // Two commands and two against them: each is on the timeline.
  const changes = (await desk.api.ticket(ticket.id)).entries.flatMap(({ body }) =>
    body.kind === 'change' ? [`${body.field} ${body.to}`] : [],
  );
  expect(changes).toEqual([
    'severity high',
    'assignee test-agent',
    'assignee null',
    'severity low',
  ]);
});

test('[S17] undoing what a colleague has changed since has no effect, and is told', async () => {
  const ticket = await freshTicket();
  await screen.page.getByRole('listbox').focus();
  await screen.press('q');
  const category = async () => (await desk.api.ticket(ticket.id)).head.category.value;
  await expect.poll(category, { timeout: 15_000 }).toBe('question');
  await screen.page.getByRole('button', { name: 'Work offline' }).click();
  await desk.api.act(ticket.id, { kind: 'set-category', category: 'bug', reason: 'Seen before' });
  await screen.press('z');
  await screen.page.getByRole('button', { name: 'Go online' }).click();
  await screen.page.getByRole('button', { name: '1 conflict' }).click();
  const card = screen.conflicts().filter({ hasText: ticket.reference });
  await card.getByText(/Bug/).first().waitFor();
  expect(await category()).toBe('bug');
  await card.getByRole('button', { name: /^Keep/ }).click();
  await card.waitFor({ state: 'detached' });
});

test('[S17] offline whatever waits can be taken back, from the conversation, too', async () => {
  await screen.view('All open');
  const ticket = await freshTicket();
  await screen.page.getByRole('button', { name: 'Work offline' }).click();
  await screen.write('n', 'First note.');
  await screen.write('n', 'Second note.');
  await screen.page
    .getByRole('article')
    .filter({ hasText: 'First note.' })
    .getByRole('button', { name: 'Take back' })
    .click();
  await screen.entry('First note.').waitFor({ state: 'detached' });
  await screen.page.getByRole('button', { name: 'Go online' }).click();
  await expect.poll(() => texts(ticket.id), { timeout: 20_000 }).toContain('Second note.');
  expect(await texts(ticket.id)).not.toContain('First note.');
  expect(await screen.page.getByRole('textbox', { name: 'Internal note' }).inputValue()).toBe(
    'First note.',
  );
});
