import { severities } from '../../shared/policy/severity.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { Category, Status } from '../../shared/tickets/fields.ts';
import { categoryWords, severityWords } from '../words.ts';
import {
  assign,
  canSetStatus,
  canTakeBack,
  canToggleReplyNeeded,
  setCategory,
  setSeverity,
  setStatus,
  takeBack,
  toggleReplyNeeded,
} from './change-ticket.ts';
import type { Console } from './console.ts';
import type { ComposerMode } from './console-state.ts';
import { focusOn } from './focus.ts';
import type { QueueItem } from './queue.ts';
import { undoLast } from './undo-last.ts';
import { leavePage, moveSelection, openPage, selectEnd, showConflicts } from './selection.ts';

export const actionGroups = ['Move', 'Write', 'Decide', 'Console'] as const;

/** Something an agent can do: its words, its key, and what it does. Buttons and keys both use this. */
export type ConsoleAction = {
  id: ActionId;
  group: (typeof actionGroups)[number];
  label: string;
  /** As tinykeys reads it; several for the same action. */
  keys: readonly string[];
  /** As it is shown. */
  shownKeys: string;
  /** Does it apply now? */
  applies: (console: Console) => boolean;
  run: (console: Console) => void;
};

export type ActionId =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'open'
  | 'back'
  | 'policy'
  | 'conflicts'
  | 'reply'
  | 'note'
  | 'attempt'
  | 'escalate'
  | 'data-request'
  | 'bug'
  | 'feature'
  | 'question'
  | Severity
  | 'assign-me'
  | 'waiting'
  | 'resolve'
  | 'close'
  | 'no-reply'
  | 'take-back'
  | 'undo'
  | 'search'
  | 'keys';

const always = (): boolean => true;
/** On a page there is no list to move in. */
const inQueue = (console: Console): boolean => console.state.getState().page === null;
const hasTicket = (console: Console): boolean => selected(console) !== undefined;

export const consoleActions: readonly ConsoleAction[] = [
  move('next', 'Next ticket', ['j'], 'j', (console) => {
    moveSelection(console, 1);
  }),
  move('previous', 'Previous ticket', ['k'], 'k', (console) => {
    moveSelection(console, -1);
  }),
  move('first', 'First ticket', ['g g'], 'g g', (console) => {
    selectEnd(console, 'first');
  }),
  move('last', 'Last ticket', ['Shift+G'], 'G', (console) => {
    selectEnd(console, 'last');
  }),
  move('open', 'Open the ticket', [], 'Enter', (console) => {
    console.state.setState({ pane: 'ticket' });
  }),
  {
    ...move('back', 'Back to the queue', ['Escape'], 'Esc', goBack),
    applies: always,
  },
  {
    ...move('conflicts', 'Conflicts', ['g c'], 'g c', showConflicts),
    applies: always,
  },
  {
    // Before the actions whose key is p alone: the first that fits is the one that runs.
    ...move('policy', 'Support policy', ['g p'], 'g p', (console) => {
      openPage(console, 'policy');
    }),
    applies: always,
  },
  onTicket('reply', 'Write', 'Reply to the customer', 'r', (console) => {
    write(console, 'reply');
  }),
  onTicket('note', 'Write', 'Internal note', 'n', (console) => {
    write(console, 'note');
  }),
  onTicket('attempt', 'Write', 'Reproduction attempt', 'p', (console, { id }) => {
    console.state.setState({ panel: { kind: 'attempt', ticketId: id }, pane: 'ticket' });
  }),
  onTicket('escalate', 'Write', 'Escalate', 'e', (console, { id }) => {
    console.state.setState({ panel: { kind: 'escalation', ticketId: id }, pane: 'ticket' });
  }),
  {
    ...onTicket('data-request', 'Write', 'Ask for data', 'Shift+R', (console, { id }) => {
      console.state.setState({ panel: { kind: 'data-request', ticketId: id }, pane: 'ticket' });
    }),
    applies: (console) => isOpen(selected(console)?.shown.status.value ?? 'closed'),
  },
  category('bug', 'b'),
  category('feature', 'f'),
  category('question', 'q'),
  ...severities.map((severity, index) =>
    onTicket(
      severity,
      'Decide',
      `${severityWords[severity]}, or confirm it`,
      String(index + 1),
      (console, { id }) => {
        setSeverity(console, id, severity);
      },
    ),
  ),
  onTicket('assign-me', 'Decide', 'Assign to me', 'a', (console, { id }) => {
    const { agent } = console.state.getState();
    if (agent !== null) assign(console, id, agent.id);
  }),
  {
    ...onTicket('waiting', 'Decide', 'Waiting on the customer', 'w', (console, { id }) => {
      setStatus(console, id, 'waiting');
    }),
    applies: (console) => canChange(console, 'waiting'),
  },
  {
    ...onTicket('resolve', 'Decide', 'Resolve', 'd', (console, { id }) => {
      setStatus(console, id, 'resolved');
    }),
    applies: (console) => canChange(console, 'resolved'),
  },
  {
    ...onTicket('close', 'Decide', 'Close with a reason', 'Shift+D', (console, { id }) => {
      setStatus(console, id, 'closed');
    }),
    applies: (console) => canChange(console, 'closed'),
  },
  {
    ...onTicket(
      'no-reply',
      'Decide',
      'No reply needed, or undo that',
      'Shift+N',
      (console, { id }) => {
        toggleReplyNeeded(console, id);
      },
    ),
    applies: (console) => canToggleReplyNeeded(selected(console)?.shown),
  },
  {
    ...onTicket(
      'take-back',
      'Decide',
      'Take the feature request back',
      'Shift+F',
      (console, { id }) => {
        takeBack(console, id);
      },
    ),
    applies: (console) => canTakeBack(selected(console)?.shown),
  },
  {
    id: 'undo',
    group: 'Console',
    label: 'Undo what you did last',
    keys: ['z', '$mod+z'],
    shownKeys: 'z or Ctrl+Z',
    applies: always,
    run: undoLast,
  },
  {
    id: 'search',
    group: 'Console',
    label: 'Search',
    keys: ['/'],
    shownKeys: '/',
    applies: always,
    run: (console) => {
      console.state.setState({ page: null, pane: 'queue' });
      focusOn(console, 'search');
    },
  },
  {
    id: 'keys',
    group: 'Console',
    label: 'All keys',
    keys: ['Shift+?'],
    shownKeys: '?',
    applies: always,
    run: (console) => {
      console.state.setState({ panel: { kind: 'keys' } });
    },
  },
];

export function consoleAction(id: ActionId): ConsoleAction {
  const found = consoleActions.find((action) => action.id === id);
  if (found === undefined) throw new Error(`no action ${id} in the catalogue`);
  return found;
}

/** The ticket that an action is about; undefined where none is in sight. */
export function selected(console: Console): QueueItem | undefined {
  const { selectedId, page } = console.state.getState();
  // What a page covers cannot be changed unseen.
  return selectedId === null || page !== null ? undefined : console.queue.get(selectedId);
}

function move(
  id: ActionId,
  label: string,
  keys: readonly string[],
  shownKeys: string,
  run: (console: Console) => void,
): ConsoleAction {
  return { id, group: 'Move', label, keys, shownKeys, applies: inQueue, run };
}

function onTicket(
  id: ActionId,
  group: 'Write' | 'Decide',
  label: string,
  key: string,
  run: (console: Console, ticket: QueueItem) => void,
): ConsoleAction {
  return {
    id,
    group,
    label,
    keys: [key],
    shownKeys: key,
    applies: hasTicket,
    run: (console) => {
      const ticket = selected(console);
      if (ticket !== undefined) run(console, ticket);
    },
  };
}

function category(id: Exclude<Category, 'uncategorised'>, key: string): ConsoleAction {
  return onTicket(id, 'Decide', categoryWords[id], key, (console, ticket) => {
    setCategory(console, ticket.id, id);
  });
}

function write(console: Console, composer: ComposerMode): void {
  console.state.setState({ composer, panel: null, pane: 'ticket' });
  focusOn(console, 'composer');
}

function canChange(console: Console, status: Exclude<Status, 'open'>): boolean {
  const ticket = selected(console);
  return ticket !== undefined && canSetStatus(ticket.shown, status);
}

/** Closes what is open, one thing at a time, and ends at the queue. */
function goBack(console: Console): void {
  const { panel, page } = console.state.getState();
  if (panel === null && page !== null) {
    leavePage(console);
    return;
  }
  if (panel !== null) console.state.setState({ panel: null });
  else console.state.setState({ pane: 'queue' });
  focusOn(console, 'list');
}
