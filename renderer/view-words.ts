import type { Page, View } from './store/console-state.ts';

export const viewWords: Readonly<Record<View, string>> = {
  'my-queue': 'My queue',
  overdue: 'Overdue',
  'at-risk': 'At risk',
  triage: 'Triage',
  unassigned: 'Unassigned',
  escalated: 'Escalated',
  'bugs-to-reproduce': 'Bugs to reproduce',
  waiting: 'Waiting on customer',
  features: 'Feature requests',
  'resolved-today': 'Resolved today',
  'all-open': 'All open',
  conflicts: 'Conflicts',
};

export const pageWords: Readonly<Record<Page, string>> = {
  policy: 'Support policy',
};

/** What an empty view means. */
export const viewEmptyWords: Readonly<Record<View, string>> = {
  'my-queue': 'Nothing is assigned to you, nothing in your teams waits for someone.',
  overdue: 'No clock is past its due.',
  'at-risk': 'No due is near.',
  triage: 'Every ticket has been given a severity.',
  unassigned: 'Every open ticket has someone.',
  escalated: 'No escalation waits to be acknowledged.',
  'bugs-to-reproduce': 'No bug waits to be reproduced.',
  waiting: 'Nobody is waiting on a customer.',
  features: 'There are no open feature requests.',
  'resolved-today': 'Nothing has been resolved today yet.',
  'all-open': 'There is no open ticket.',
  conflicts: 'Everything you did has reached the desk as you meant it.',
};
