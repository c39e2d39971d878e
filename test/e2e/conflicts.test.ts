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
});

afterAll(async () => {
  await console_.close();
  await data.remove();
  await desk.end();
});

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
  await screen.view('All open');
  await screen.open(found.reference);
  await screen.page.getByRole('listbox').focus();
  return found;
}

const offline = () => screen.page.getByRole('button', { name: 'Work offline' }).click();
const online = () => screen.page.getByRole('button', { name: 'Go online' }).click();
const conflicts = (count: number) =>
  screen.page
    .getByRole('contentinfo')
    .getByRole('button', { name: `${count} conflict${count === 1 ? '' : 's'}` });
const cardOf = ({ reference }: TicketHead) => screen.conflicts().filter({ hasText: reference });

test('[S3] what a colleague changed first stands, and can be done again as a new command, by keyboard alone', async () => {
  const one = await freshTicket();
  await offline();
  await screen.press('q');
  const two = await freshTicket();
  await screen.press('a');
  await desk.api.act(one.id, { kind: 'set-category', category: 'bug', reason: 'Seen before' });
  await desk.api.act(two.id, { kind: 'assign', assignee: 'colleague' });
  await online();
  await conflicts(2).waitFor();

  await screen.page.getByRole('listbox').focus();
  await screen.page.keyboard.type('gc');
  // Both values, both people.
  expect(await cardOf(one).innerText()).toMatch(/Colleague[^]*Bug[^]*Question[^]*you/);
  await expect
    .poll(() => cardOf(one).evaluate((card) => card === document.activeElement))
    .toBe(true);
  await screen.press('m');
  await cardOf(one).waitFor({ state: 'detached' });
  await expect
    .poll(async () => (await desk.api.ticket(one.id)).head.category.value, { timeout: 15_000 })
    .toBe('question');

  // The card that took its place has the focus.
  await expect
    .poll(() => cardOf(two).evaluate((card) => card.contains(document.activeElement)))
    .toBe(true);
  await screen.press('x');
  await cardOf(two).waitFor({ state: 'detached' });
  expect((await desk.api.ticket(two.id)).head.assignee.value).toBe('colleague');
  await screen.page.getByText('No conflicts').waitFor();
  expect(await conflicts(1).count()).toBe(0);
});

test('[S3] what the desk refuses is kept with its reason and its words', async () => {
  const ticket = (await desk.api.heads()).find(
    (head) => !used.has(head.id) && head.status.value === 'open' && head.unanswered !== null,
  );
  if (ticket === undefined) throw new Error('the demo desk has no unanswered ticket');
  used.add(ticket.id);
  await screen.view('All open');
  await screen.open(ticket.reference);
  await screen.page.getByRole('listbox').focus();
  await offline();
  await screen.press('Shift+N');
  const dialog = screen.page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('They only said thanks.');
  await screen.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await desk.api.act(ticket.id, { kind: 'no-reply-needed', text: 'Nothing to answer' });
  await online();
  await conflicts(1).click();
  const card = cardOf(ticket);
  await card.getByText('No customer message is waiting for an answer.').waitFor();
  await card.getByText('They only said thanks.').waitFor();
  await card.focus();
  await screen.press('Enter');
  await screen.page.getByRole('region', { name: `Ticket ${ticket.reference}` }).waitFor();
  await card.focus();
  await screen.press('x');
  await card.waitFor({ state: 'detached' });
});

test('[S3] a held group shows why, what came since, and its text to copy', async () => {
  const ticket = await freshTicket();
  await offline();
  await screen.write('r', 'Please restart the worker.');
  await screen.page.getByRole('listbox').focus();
  await screen.press('d');
  await desk.api.act(ticket.id, { kind: 'reply', text: 'The fix is out already.' });
  await online();
  await conflicts(1).click();
  const card = cardOf(ticket);
  await card.getByText('A colleague answered before this reached the desk.').waitFor();
  await card.getByText('The fix is out already.').waitFor();
  // Both are held as one group.
  await card.getByText('Please restart the worker.').waitFor();
  await card.getByText(/^Resolve/).waitFor();
  await card.getByRole('button', { name: /^Copy/ }).click();
  await screen.page.getByText(/on the clipboard/).waitFor();
  await card.focus();
  await screen.press('x');
  await card.getByRole('button', { name: 'Discard it?' }).waitFor();
  await screen.press('x');
  await card.waitFor({ state: 'detached' });
  const { head } = await desk.api.ticket(ticket.id);
  expect(head.status.value).toBe('open');
});
