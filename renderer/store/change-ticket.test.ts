import { expect, test } from 'vitest';
import { ticket } from '../../test/helpers/tickets.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { setCategory, setSeverity, setStatus, toggleReplyNeeded } from './change-ticket.ts';
import type { Console } from './console.ts';
import type { Panel } from './console-state.ts';

/** What an intent does on a ticket: what it sends at once, and what it opens first. */
function does(head: TicketHead, act: (console: Console) => void) {
  const sent: Action[] = [];
  let panel: Panel | null = null;
  const console = {
    queue: { get: () => ({ id: head.id, row: { head, decidedSeq: 0 }, shown: head, view: null }) },
    state: {
      getState: () => ({ seen: null, notices: [] }),
      setState: (change: { panel?: Panel }) => {
        panel = change.panel ?? panel;
      },
    },
    bridge: {
      call: (_method: string, { drafts }: { drafts: readonly { action: Action }[] }) => {
        sent.push(...drafts.map(({ action }) => action));
        return Promise.resolve({ ok: true, value: { commands: [] } });
      },
    },
  } as unknown as Console;
  act(console);
  return { sent, panel: panel as Panel | null };
}

const decision = (found: Panel | null): unknown =>
  found?.kind === 'decision' ? found.decision : found;

function having(change: Partial<Record<'severity' | 'triaged', unknown>>): TicketHead {
  const head = ticket();
  return {
    ...head,
    severity: { ...head.severity, ...('severity' in change ? { value: 'medium' as const } : {}) },
    triaged: { ...head.triaged, ...('triaged' in change ? { value: true } : {}) },
  };
}

test('[C5] the key of the current severity confirms it at once, and only once', () => {
  const press = (console: Console): void => {
    setSeverity(console, 'ticket-1', 'low');
  };
  expect(does(ticket(), press)).toEqual({
    sent: [{ kind: 'set-severity', severity: 'low', reason: null }],
    panel: null,
  });
  expect(does(having({ triaged: true }), press)).toEqual({ sent: [], panel: null });
});

test('[W7] below what was asked for, confirming is looked at first, too', () => {
  const { sent, panel } = does(ticket({ askedFor: 'high' }), (console) => {
    setSeverity(console, 'ticket-1', 'low');
  });
  expect(sent).toEqual([]);
  expect(decision(panel)).toEqual({ kind: 'severity', severity: 'low' });
});

test('[C10] another severity is looked at first', () => {
  const { sent, panel } = does(ticket(), (console) => {
    setSeverity(console, 'ticket-1', 'critical');
  });
  expect(sent).toEqual([]);
  expect(decision(panel)).toEqual({ kind: 'severity', severity: 'critical' });
});

test('[P9] [C12] from Low a feature request is a category; what it stops is looked at first', () => {
  const press = (console: Console): void => {
    setCategory(console, 'ticket-1', 'feature');
  };
  const answered = { ...ticket(), firstReplyAt: ticket().submittedAt };
  expect(does(answered, press).sent).toEqual([
    { kind: 'set-category', category: 'feature', reason: null },
  ]);
  const owing = does(ticket(), press);
  expect(owing.sent).toEqual([]);
  expect(decision(owing.panel)).toEqual({ kind: 'feature' });
  // Nobody has triaged it, and the customer asked for more than the Low that every ticket begins with.
  expect(decision(does(ticket({ askedFor: 'high' }), press).panel)).toEqual({ kind: 'convert' });
});

test('[P10] [W5] from more than Low it needs reason and message', () => {
  const press = (console: Console): void => {
    setCategory(console, 'ticket-1', 'feature');
  };
  const medium = does(having({ severity: 'medium' }), press);
  expect(medium.sent).toEqual([]);
  expect(decision(medium.panel)).toEqual({ kind: 'convert' });
});

test('[C13] closing asks for its reason', () => {
  const { sent, panel } = does(ticket(), (console) => {
    setStatus(console, 'ticket-1', 'closed');
  });
  expect(sent).toEqual([]);
  expect(decision(panel)).toEqual({ kind: 'close' });
});

test('[C3] no reply needed is looked at first, its undo is done at once', () => {
  const press = (console: Console): void => {
    toggleReplyNeeded(console, 'ticket-1');
  };
  const message = { at: 1, version: 2, fromStep: 1 };
  expect(decision(does(ticket({ unanswered: message }), press).panel)).toEqual({
    kind: 'no-reply',
  });
  expect(does(ticket({ dismissed: message }), press).sent).toEqual([{ kind: 'reply-needed' }]);
  expect(does(ticket(), press)).toEqual({ sent: [], panel: null });
});
