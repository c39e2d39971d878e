import { unreachable } from '../shared/base/assert.ts';
import type { Action } from '../shared/tickets/command.ts';
import type { FieldChange, WhyNot } from './store/undo.ts';
import { actionWords, categoryWords, severityWords, statusWords } from './words.ts';

type NameOf = (agentId: string) => string;

export const fieldWords: Readonly<Record<FieldChange['field'], string>> = {
  severity: 'severity',
  category: 'category',
  status: 'status',
  assignee: 'assignee',
  'server-fault': 'server fault mark',
};

/** What stands again after a counter-command. */
export function backWords(change: FieldChange, nameOf: NameOf): string {
  switch (change.field) {
    case 'severity':
      return `Undone: severity ${severityWords[change.from]} again.`;
    case 'category':
      return `Undone: ${categoryWords[change.from].toLowerCase()} again.`;
    case 'status':
      return `Undone: ${statusWords[change.from].toLowerCase()} again.`;
    case 'assignee':
      return change.from === null
        ? 'Undone: assigned to nobody again.'
        : `Undone: assigned to ${nameOf(change.from)} again.`;
    case 'server-fault':
      return change.from ? 'Undone: a server fault again.' : 'Undone: no server fault any more.';
    default:
      return unreachable(change);
  }
}

/** A command that was withdrawn before anyone had it. */
export function withdrawnWords(action: Action): string {
  switch (action.kind) {
    case 'reply':
      return 'Taken back. The reply is in the composer again.';
    case 'note':
      return 'Taken back. The note is in the composer again.';
    case 'record-attempt':
    case 'escalate':
    case 'request-data':
    case 'convert-to-feature':
      return 'Taken back. What you wrote is in its form again.';
    default:
      return `Taken back: ${lowered(actionWords[action.kind])}.`;
  }
}

/** Why something stays as it is. */
export function whyNotWords(why: WhyNot, nameOf: NameOf): string {
  switch (why.kind) {
    case 'stays':
      return staysWords(why.action);
    case 'changed':
      return why.agentId === null
        ? `The ${fieldWords[why.field]} has been changed since. Nothing was undone.`
        : `${nameOf(why.agentId)} has changed the ${fieldWords[why.field]} since. Nothing was undone.`;
    case 'close-again':
      return 'It was closed before, and closing needs a reason: close it again with Shift+D.';
    case 'conflict':
      return 'It did not take effect; see Conflicts.';
    default:
      return unreachable(why);
  }
}

/** S17: what is said, noted, tried or escalated is part of the ticket once the desk has it. */
function staysWords(action: Action): string {
  switch (action.kind) {
    case 'reply':
      return 'The reply has gone to the customer and cannot be taken back.';
    case 'request-data':
      return action.isPublic
        ? 'The request has gone to the customer. It can be marked as not needed any more.'
        : 'The request is noted on the ticket. It can be marked as not needed any more.';
    case 'convert-to-feature':
      return 'The message has gone to the customer. The feature request can be taken back with Shift+F.';
    case 'note':
      return 'The note is on the ticket and cannot be taken back. Another note can put it right.';
    case 'record-attempt':
      return 'The attempt is on the ticket and cannot be taken back. Another attempt can put it right.';
    case 'escalate':
      return 'The escalation has gone out and cannot be taken back. Acknowledging it ends it.';
    case 'no-reply-needed':
    case 'reply-needed':
      return 'Shift+N takes this back.';
    case 'set-data-request':
      return 'The data request can be set again on the ticket.';
    case 'set-severity':
      return 'The severity is confirmed. Another one can be set with 1 to 4.';
    default:
      return `${actionWords[action.kind]}: the desk has it, and it cannot be undone.`;
  }
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
