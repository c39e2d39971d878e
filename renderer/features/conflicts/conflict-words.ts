import { unreachable } from '../../../shared/base/assert.ts';
import { attachmentsOf } from '../../../shared/tickets/attachment.ts';
import type { Attempt } from '../../../shared/tickets/attempt.ts';
import type { Action } from '../../../shared/tickets/command.ts';
import type { Outcome } from '../../../shared/tickets/outcome.ts';
import {
  actionWords,
  categoryWords,
  closeReasonWords,
  counted,
  levelWords,
  outcomeWords,
  severityWords,
  statusWords,
} from '../../words.ts';

/** What an action would have done, with its value and how many files went with it. */
export function wantedWords(action: Action, nameOf: (agentId: string) => string): string {
  const files = attachmentsOf(action).length;
  const what = valueOf(action, nameOf);
  return files === 0 ? what : `${what}, with ${counted(files, 'file')}`;
}

function valueOf(action: Action, nameOf: (agentId: string) => string): string {
  const what = actionWords[action.kind];
  switch (action.kind) {
    case 'set-severity':
      return `${what}: ${severityWords[action.severity]}`;
    case 'set-category':
      return `${what}: ${categoryWords[action.category]}`;
    case 'assign':
      return `${what}: ${action.assignee === null ? 'nobody' : nameOf(action.assignee)}`;
    case 'record-attempt':
      return `${what}: ${outcomeWords[action.attempt.outcome]}`;
    case 'escalate':
      return `${what} to ${levelWords[action.level]}`;
    case 'set-server-fault':
      return `${what}: ${action.serverFault ? 'yes' : 'no'}`;
    case 'request-data':
      return `${what}${action.isPublic ? '' : ', internal'}`;
    case 'set-data-request':
      return `${what}: ${action.state}`;
    case 'close':
      return `${what}: ${closeReasonWords[action.reason]}`;
    case 'reply':
    case 'note':
    case 'set-waiting':
    case 'resolve':
    case 'reopen':
    case 'no-reply-needed':
    case 'reply-needed':
    case 'convert-to-feature':
    case 'undo-conversion':
    case 'acknowledge-escalation':
    case 'decide':
      return what;
    default:
      return unreachable(action);
  }
}

/** What the agent wrote in it; null for an action without words. */
export function ownText(action: Action): string | null {
  switch (action.kind) {
    case 'reply':
    case 'note':
    case 'close':
    case 'no-reply-needed':
    case 'escalate':
      return action.text.trim() === '' ? null : action.text;
    case 'record-attempt':
      return attemptText(action.attempt);
    case 'set-severity':
    case 'set-category':
      return action.reason;
    case 'convert-to-feature':
      return joined([action.reason, action.message]);
    case 'request-data':
      return joined([action.what, action.why]);
    case 'assign':
    case 'set-waiting':
    case 'resolve':
    case 'reopen':
    case 'reply-needed':
    case 'undo-conversion':
    case 'set-server-fault':
    case 'set-data-request':
    case 'acknowledge-escalation':
    case 'decide':
      return null;
    default:
      return unreachable(action);
  }
}

function attemptText({ environment, steps, expected, actual }: Attempt): string {
  const { productVersion, operatingSystem, browser } = environment;
  return joined([
    [productVersion, operatingSystem, browser].filter((part) => part !== '').join(', '),
    steps,
    expected === '' ? '' : `Expected: ${expected}`,
    actual === '' ? '' : `Happened: ${actual}`,
  ]);
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join('\n\n');
}

/** Why a group is held (S3). */
export function heldWords(because: Extract<Outcome, { kind: 'held' }>['because'] | null): string {
  switch (because) {
    case 'customer-message':
      return 'The customer wrote before this reached the desk. It waits until you have read that.';
    case 'agent-reply':
      return 'A colleague answered before this reached the desk. It waits until you have read that.';
    case 'after-restore':
      return 'The desk was put back from a backup. This may already have reached the customer: look at the conversation before you send it again.';
    case 'group':
    case null:
      return 'It belongs to changes that the desk holds.';
    default:
      return unreachable(because);
  }
}

/** Why a held group cannot be decided on yet: changes that may still join it (S3). */
export function stillToJoinWords(count: number, online: boolean): string {
  const what = `${count} more change${count === 1 ? '' : 's'} on this ticket`;
  const verb = count === 1 ? 'is' : 'are';
  return online
    ? `Wait: ${what} ${verb} on ${count === 1 ? 'its' : 'their'} way.`
    : `Wait: ${what} ${verb} still here. You can decide when the desk is back and has taken ${count === 1 ? 'it' : 'them'} in.`;
}

/** A stored value as agents call it. */
export function valueWords(
  field: Extract<Outcome, { kind: 'superseded' }>['field'],
  value: string,
  nameOf: (agentId: string) => string,
): string {
  switch (field) {
    case 'severity':
      return (severityWords as Readonly<Record<string, string>>)[value] ?? value;
    case 'category':
      return (categoryWords as Readonly<Record<string, string>>)[value] ?? value;
    case 'status':
      return (statusWords as Readonly<Record<string, string>>)[value] ?? value;
    case 'assignee':
      return value === 'nobody' ? value : nameOf(value);
    case 'server-fault':
      return value === 'true' ? 'yes' : 'no';
    case 'escalation':
    case 'data-request':
      return value;
    default:
      return unreachable(field);
  }
}

/** Which field somebody else changed first. */
export const fieldNames: Readonly<
  Record<Extract<Outcome, { kind: 'superseded' }>['field'], string>
> = {
  severity: 'severity',
  'server-fault': 'server fault mark',
  category: 'category',
  status: 'status',
  assignee: 'assignee',
  escalation: 'escalation',
  'data-request': 'data request',
};
