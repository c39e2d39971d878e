import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { compareUrgency, urgencyOf } from '../../shared/policy/urgency.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
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
  desk = await teamDesk(120);
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

/** A ticket on which every action makes sense. */
function freshTicket(heads: readonly TicketHead[]): TicketHead {
  const found = heads.find(
    (head) =>
      head.status.value === 'open' &&
      head.category.value === 'uncategorised' &&
      head.severity.value === 'low' &&
      head.attempts.count === 0 &&
      head.asked.length === 0,
  );
  if (found === undefined) throw new Error('the demo desk has no fresh ticket');
  return found;
}

test('[U1] [U3] the queue is in order of urgency, with countdowns', async () => {
  await screen.view('All open');
  const policy = compilePolicy(await desk.api.policy());
  const open = (await desk.api.heads()).filter((head) => isOpen(head.status.value));
  const byId = new Map(open.map((head) => [head.id, head.reference]));
  const expected = () =>
    open
      .map((head) => urgencyOf(head, policy, Date.now()))
      .toSorted(compareUrgency)
      .map((urgency) => byId.get(urgency.ticketId));
  // Polled, since a due can pass between the reading and the looking.
  await expect
    .poll(async () => {
      const shown = await screen.references();
      return shown.length > 8 && shown.every((each, index) => each === expected()[index]);
    })
    .toBe(true);
  expect(await screen.rows().first().innerText()).toMatch(/\d+:\d\d/);
});

test('[W1] [W6] every action of an agent reaches the desk', async () => {
  const ticket = freshTicket(await desk.api.heads());
  await screen.view('All open');
  await screen.open(ticket.reference);

  await screen.write('r', 'We have received your message and look into it.');
  await screen.write('n', 'Looks like the parser again.');
  await screen.recordAttempt('Reproduced', 'Open the report as the second user.');
  await screen.decide('2');
  await screen.press('b');
  await screen.escalate(/^Development/, 'Cannot reproduce', 'Only on their server.');
  await screen.press('a');
  await screen.press('w');
  await screen.press('d');

  await expect
    .poll(async () => (await desk.api.ticket(ticket.id)).head.status.value, { timeout: 15_000 })
    .toBe('resolved');
  const { head, entries } = await desk.api.ticket(ticket.id);
  expect(head.severity.value).toBe('high');
  expect(head.triaged.value).toBe(true);
  expect(head.category.value).toBe('bug');
  expect(head.assignee.value).toBe('test-agent');
  expect(head.attempts).toMatchObject({ count: 1, lastOutcome: 'reproduced' });
  expect(head.escalations).toMatchObject([{ level: 'development', reason: 'cannot-reproduce' }]);
  const mine = entries.filter(
    (entry) => entry.author.kind === 'agent' && entry.author.id === 'test-agent',
  );
  // One entry for each, in the order of the keys.
  expect(
    mine.map(({ body }) => (body.kind === 'change' ? `${body.field} ${body.to}` : body.kind)),
  ).toEqual([
    'message',
    'note',
    'attempt',
    'severity high',
    'category bug',
    'escalation',
    'assignee test-agent',
    'status waiting',
    'status resolved',
  ]);
});

test('[C12] [W5] a feature request is made with a message, and taken back', async () => {
  const ticket = freshTicket(await desk.api.heads());
  await desk.api.act(ticket.id, { kind: 'set-severity', severity: 'medium', reason: null });
  await screen.view('All open');
  await screen.open(ticket.reference);
  await screen.page.getByRole('button', { name: 'Severity: Medium' }).waitFor();
  await screen.press('f');
  const dialog = screen.page.getByRole('dialog');
  await dialog.getByText('ends with this message, in time').first().waitFor();
  await dialog.getByLabel(/^Reason/).fill('It was never there.');
  await screen.press('Control+Enter');
  // The message that is offered must be read first.
  await dialog.getByText('Read the message, then tick it or change it.').waitFor();
  await screen.press('Space');
  await screen.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });

  const stands = async () => {
    const { head } = await desk.api.ticket(ticket.id);
    return [head.category.value, head.severity.value, head.firstReplyAt !== null];
  };
  // It speaks to the customer, so it can be taken back for 5 s before it goes (S17).
  await expect.poll(stands, { timeout: 20_000 }).toEqual(['feature', 'low', true]);
  await screen.page.getByText(/^Feature request since .*; was Medium\.$/).waitFor();
  await screen.decide('Shift+F');
  await expect.poll(stands).toEqual(['uncategorised', 'medium', true]);
});

test('[S3] a reply that crossed a colleague’s is held, and can be sent anyway', async () => {
  const ticket = freshTicket(await desk.api.heads());
  await screen.view('All open');
  await screen.open(ticket.reference);
  await screen.page.getByRole('button', { name: 'Work offline' }).click();
  await screen.write('r', 'Please restart the worker.');
  await screen.entry('Please restart the worker.').waitFor();
  await desk.api.act(ticket.id, { kind: 'reply', text: 'The fix is out already.' });

  await screen.page.getByRole('button', { name: 'Go online' }).click();
  await screen.page.getByRole('button', { name: '1 conflict' }).click();
  const card = screen.conflicts().filter({ hasText: 'Please restart the worker.' });
  await card.getByText('The fix is out already.').waitFor();
  const texts = async () =>
    (await desk.api.ticket(ticket.id)).entries.flatMap(({ body }) =>
      body.kind === 'message' ? [body.text] : [],
    );
  expect(await texts()).not.toContain('Please restart the worker.');

  await card.getByRole('button', { name: 'Send anyway' }).click();
  await card.waitFor({ state: 'detached' });
  await expect.poll(texts, { timeout: 20_000 }).toContain('Please restart the worker.');
  expect((await texts()).filter((text) => text === 'Please restart the worker.')).toHaveLength(1);
});

test('[S3] a reply is held when the message it crossed lay below what was in sight', async () => {
  const ticket = freshTicket(await desk.api.heads());
  for (const n of [1, 2, 3])
    await desk.api.act(ticket.id, { kind: 'note', text: `Log ${n}\n${'line\n'.repeat(40)}` });
  await screen.view('All open');
  await screen.open(ticket.reference);
  await screen.entry('Log 3').waitFor();
  await screen.page.getByRole('region', { name: 'Conversation' }).evaluate((box) => {
    box.scrollTop = 0;
  });
  await desk.api.act(ticket.id, { kind: 'reply', text: 'Answered already.' });
  await screen.page.getByRole('button', { name: '1 new message below' }).waitFor();

  await screen.write('r', 'Please clear the cache.');
  await screen.page.getByRole('button', { name: '1 conflict' }).click();
  const card = screen.conflicts().filter({ hasText: 'Please clear the cache.' });
  await card.getByText('Answered already.').waitFor();
  await card.getByRole('button', { name: 'Discard' }).click();
  // It loses the text, so it asks once more in its own place.
  await card.getByRole('button', { name: 'Discard it?' }).click();
  await card.waitFor({ state: 'detached' });
});

test('[S3] a severity that a colleague set first stays theirs, and both are shown', async () => {
  const ticket = freshTicket(await desk.api.heads());
  await screen.view('All open');
  await screen.open(ticket.reference);
  await screen.page.getByRole('button', { name: 'Work offline' }).click();
  await screen.decide('3');
  await screen.page.getByRole('button', { name: 'Severity: medium' }).waitFor();
  await desk.api.act(ticket.id, { kind: 'set-severity', severity: 'high', reason: null });

  await screen.page.getByRole('button', { name: 'Go online' }).click();
  await screen.page.getByRole('button', { name: '1 conflict' }).click();
  const card = screen.conflicts().filter({ hasText: ticket.reference });
  expect(await card.innerText()).toMatch(/High[^]*Medium|Medium[^]*High/);
  expect((await desk.api.ticket(ticket.id)).head.severity.value).toBe('high');
  await card.getByRole('button', { name: 'Keep what stands' }).click();
  await card.waitFor({ state: 'detached' });
});
