import type { PolicyFlag } from '../shared/policy/flags.ts';
import type { Severity } from '../shared/policy/severity.ts';
import type { UrgencyGroup } from '../shared/policy/urgency.ts';
import type { ActionKind } from '../shared/tickets/command.ts';
import type { EscalationLevel, EscalationReason } from '../shared/tickets/escalation-level.ts';
import type {
  AttemptOutcome,
  Category,
  Channel,
  CloseReason,
  DataRequestState,
  Licence,
  Status,
} from '../shared/tickets/fields.ts';
import type { ClockId } from '../shared/policy/clock-id.ts';

/** The words of the domain as agents read them: the same thing is called the same everywhere. */

export const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** What each severity means, beside its control (P2). */
export const severityMeanings: Readonly<Record<Severity, string>> = {
  critical: 'Nobody can work: a production service is down or cannot be reached. SaaS.',
  high: 'Part of it is down. People go on with limits and will fall behind.',
  medium: 'Some parts fail or are missing, but people can go on.',
  low: 'A question about use, or a wish for the product.',
};

export const categoryWords: Readonly<Record<Category, string>> = {
  uncategorised: 'Uncategorised',
  bug: 'Bug',
  feature: 'Feature request',
  question: 'Question',
};

/** On a queue row, where there is little room. */
export const shortCategoryWords: Readonly<Record<Category, string>> = {
  uncategorised: '',
  bug: 'bug',
  feature: 'feature',
  question: 'question',
};

export const categoryMeanings: Readonly<Record<Category, string>> = {
  uncategorised: 'Not decided yet',
  bug: 'Reproduced here; the customer is kept updated until the fix',
  feature: 'No response SLA; product management decides',
  question: 'General usage; no first-contact clock',
};

export const statusWords: Readonly<Record<Status, string>> = {
  open: 'Open',
  waiting: 'Waiting on customer',
  resolved: 'Resolved',
  closed: 'Closed',
};

export const channelWords: Readonly<Record<Channel, string>> = {
  email: 'e-mail',
  chat: 'chat',
  web: 'web',
};

export const licenceWords: Readonly<Record<Licence, string>> = {
  saas: 'SaaS',
  'own-server': 'own server',
};

/** Under a countdown: which clock it is. */
export const clockWords: Readonly<Record<ClockId, string>> = {
  C1: 'response',
  C2: 'first contact',
  C3: 'next reply',
  C4: 'update',
  C5: 'triage',
};

/** At the start of a line. */
export const clockNames: Readonly<Record<ClockId, string>> = {
  C1: 'Response',
  C2: 'First contact',
  C3: 'Next reply',
  C4: 'Update',
  C5: 'Triage',
};

/** After what is left, such as "1:42 h". */
export const clockGoals: Readonly<Record<ClockId, string>> = {
  C1: 'to respond',
  C2: 'to first contact',
  C3: 'to reply',
  C4: 'to update',
  C5: 'to triage',
};

export const groupWords: Readonly<Record<UrgencyGroup, string>> = {
  'critical-now': 'Critical now',
  overdue: 'Overdue',
  'coming-up': 'Coming up',
  'no-clock': 'No clock',
};

export const outcomeWords: Readonly<Record<AttemptOutcome, string>> = {
  reproduced: 'Reproduced',
  'not-reproduced': 'Not reproduced',
  'needs-data': 'Needs data',
};

export const levelWords: Readonly<Record<EscalationLevel, string>> = {
  'support-lead': 'Support lead',
  development: 'Development',
  'product-management': 'Product management',
  management: 'Management',
  customer: 'Customer’s own',
};

export const reasonWords: Readonly<Record<EscalationReason, string>> = {
  'sla-at-risk': 'SLA at risk',
  'sla-missed': 'SLA missed',
  'customer-not-satisfied': 'Customer not satisfied',
  'cannot-reproduce': 'Cannot reproduce',
  'product-decision-needed': 'Product decision needed',
  other: 'Other',
};

export const closeReasonWords: Readonly<Record<CloseReason, string>> = {
  done: 'done',
  spam: 'spam',
  duplicate: 'duplicate',
  merged: 'merged',
  'not-reproduced': 'not reproduced',
  other: 'other',
};

export const flagWords: Readonly<Record<PolicyFlag, string>> = {
  'chat-needs-high-or-critical': 'Came by chat, which is for Critical and High',
  'critical-is-for-saas': 'Critical is meant for SaaS; this customer runs their own server',
};

/** What became of a request for data (W2). */
export const dataStateWords: Readonly<Record<DataRequestState, string>> = {
  open: 'The requested data is missing again',
  received: 'The requested data arrived',
  withdrawn: 'The requested data is not needed any more',
};

/** A change of the agent's that is not with the desk yet. */
export const pendingWords: Readonly<Record<ActionKind, string>> = {
  reply: 'reply queued',
  note: 'note queued',
  'record-attempt': 'attempt queued',
  'set-severity': 'severity queued',
  'set-category': 'category queued',
  'convert-to-feature': 'feature request queued',
  'undo-conversion': 'undo queued',
  'set-server-fault': 'server fault queued',
  assign: 'assignee queued',
  'set-waiting': 'waiting queued',
  resolve: 'resolve queued',
  reopen: 'reopen queued',
  close: 'close queued',
  'no-reply-needed': 'no reply queued',
  'reply-needed': 'reply needed queued',
  'request-data': 'data request queued',
  'set-data-request': 'data request queued',
  escalate: 'escalation queued',
  'acknowledge-escalation': 'acknowledgement queued',
  decide: 'decision queued',
};

/** What a command does, as the start of a line. */
export const actionWords: Readonly<Record<ActionKind, string>> = {
  reply: 'Reply',
  note: 'Internal note',
  'record-attempt': 'Reproduction attempt',
  'set-severity': 'Severity',
  'set-category': 'Category',
  'convert-to-feature': 'Feature request with message',
  'undo-conversion': 'Take the feature request back',
  'set-server-fault': 'Server fault',
  assign: 'Assignee',
  'set-waiting': 'Set waiting',
  resolve: 'Resolve',
  reopen: 'Reopen',
  close: 'Close',
  'no-reply-needed': 'No reply needed',
  'reply-needed': 'A reply is needed after all',
  'request-data': 'Data request',
  'set-data-request': 'Data request ticked off',
  escalate: 'Escalation',
  'acknowledge-escalation': 'Acknowledge escalation',
  decide: 'Decision on held changes',
};

/** "1 change", "2 changes"; plurals that take an s. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
