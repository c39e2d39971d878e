import { expect, test } from 'vitest';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { command } from '../../test/helpers/tickets.ts';
import { quietedTickets } from './quieting.ts';

const reply = command({ kind: 'reply', text: 'On it.' });
const accepted: Omit<JournalledCommand, 'ticketGone'> = {
  command: reply,
  state: 'accepted',
  outcome: { kind: 'applied', version: 7, acceptedAt: 1 },
};

test('[A5] [C16] a reply that waits quiets until it is held or refused', () => {
  for (const state of ['queued', 'sent'] as const)
    expect(quietedTickets([{ command: reply, state, outcome: null }], 99)('ticket-1', 'C1')).toBe(
      true,
    );
  for (const state of ['held', 'refused', 'superseded'] as const)
    expect(quietedTickets([{ ...accepted, state }], 0)('ticket-1', 'C1')).toBe(false);
});

test('[A5] an accepted one quiets only until the watch table holds it', () => {
  expect(quietedTickets([accepted], 6)('ticket-1', 'C1')).toBe(true);
  // The clock still runs: it was no answer to it, or a newer message waits.
  expect(quietedTickets([accepted], 7)('ticket-1', 'C1')).toBe(false);
});

test('[C7] [C16] a data request quiets where it goes to the customer, a conversion quiets every clock', () => {
  const quiets = (action: Action, clock: ClockId) =>
    quietedTickets([{ command: command(action), state: 'queued', outcome: null }], 0)(
      'ticket-1',
      clock,
    );
  const request = { kind: 'request-data', what: 'The log', why: '' } as const;
  expect(quiets({ ...request, isPublic: true }, 'C1')).toBe(true);
  expect(quiets({ ...request, isPublic: true }, 'C5')).toBe(false);
  expect(quiets({ ...request, isPublic: false }, 'C1')).toBe(false);
  expect(quiets({ kind: 'convert-to-feature', reason: '', message: 'Passed on' }, 'C5')).toBe(true);
});
