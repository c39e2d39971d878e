import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import type { Severity } from '../../../shared/policy/severity.ts';
import type { Category, Status } from '../../../shared/tickets/fields.ts';

/**
 * Everything the desk accepted on one ticket, in its order. What the oracle knows, it knows from this list; the
 * functions here read single facts off it, from the start each time.
 */

/** What happened; `version` is the desk's order, `at` is acceptedAt (C6). */
export type Happened = { version: number; at: number } & (
  | { kind: 'submitted'; receivedAt: number; asked: Severity | null }
  | { kind: 'message'; receivedAt: number; asked: Severity | null }
  /** Public: a reply, or a data request sent to the customer (C7). */
  | { kind: 'reply' }
  | { kind: 'severity'; severity: Severity }
  | { kind: 'server-fault'; serverFault: boolean }
  | { kind: 'category'; category: Category }
  /** A public reply, then category feature and severity Low, in one (W5). */
  | { kind: 'converted' }
  | { kind: 'conversion-undone'; conversion: number }
  | { kind: 'status'; status: Status }
  | { kind: 'no-reply-needed' }
  | { kind: 'reply-needed' }
  | { kind: 'policy'; document: PolicyDocument }
);

export type History = readonly Happened[];
export type HappenedKind<K extends Happened['kind']> = Extract<Happened, { kind: K }>;

export function ofKind<K extends Happened['kind']>(history: History, kind: K) {
  return history.filter((each): each is HappenedKind<K> => each.kind === kind);
}

export function submissionOf(history: History): HappenedKind<'submitted'> {
  const [submission] = ofKind(history, 'submitted');
  if (submission === undefined) throw new Error('a history begins with a submission');
  return submission;
}

/** What came before a version, and what came after it. */
export function upTo(history: History, version: number): History {
  return history.filter((each) => each.version <= version);
}

export function before(history: History, version: number): History {
  return history.filter((each) => each.version < version);
}

/** Public replies; the message of a conversion is one (W5, C7). */
export function replies(history: History): History {
  return history.filter((each) => each.kind === 'reply' || each.kind === 'converted');
}

export function messages(history: History): HappenedKind<'message'>[] {
  return ofKind(history, 'message');
}

/** Every severity the customer asked for, the instant of each being that of its receipt (C5, C10). */
export type Asked = { version: number; severity: Severity; at: number };

export function asks(history: History): Asked[] {
  return history.flatMap((each) =>
    (each.kind === 'submitted' || each.kind === 'message') && each.asked !== null
      ? [{ version: each.version, severity: each.asked, at: each.receivedAt }]
      : [],
  );
}

/** The conversions that stand: those that were not undone (C12). */
function isUndone(history: History, conversion: Happened): boolean {
  return ofKind(history, 'conversion-undone').some(
    (each) => each.conversion === conversion.version,
  );
}

export type Class = { severity: Severity; serverFault: boolean };
export type ClassChange = Class & { version: number; at: number };

/** What the ticket was given, change by change; a conversion that was undone never lowered it (C12). */
export function classChanges(history: History): ClassChange[] {
  const changes: ClassChange[] = [];
  let current: Class = { severity: 'low', serverFault: false };
  for (const each of history) {
    if (each.kind === 'converted' && isUndone(history, each)) continue;
    const next: Class =
      each.kind === 'severity'
        ? confirmed(history, each)
          ? current
          : { ...current, severity: each.severity }
        : each.kind === 'converted'
          ? { ...current, severity: 'low' }
          : each.kind === 'server-fault'
            ? { ...current, serverFault: each.serverFault }
            : current;
    if (next.severity === current.severity && next.serverFault === current.serverFault) continue;
    current = next;
    changes.push({ ...next, version: each.version, at: each.at });
  }
  return changes;
}

/** Pressing the key of the severity that it has changes none (C5). */
function confirmed(history: History, given: HappenedKind<'severity'>): boolean {
  return classAt(before(history, given.version)).severity === given.severity;
}

export function classAt(history: History): Class {
  const { severity, serverFault } = classChanges(history).at(-1) ?? {
    severity: 'low' as const,
    serverFault: false,
  };
  return { severity, serverFault };
}

/** The change that made it what it is (C4, C12); null while nobody categorised it. */
export function categorising(history: History): { category: Category; by: Happened | null } {
  const last = history.findLast(
    (each) =>
      each.kind === 'category' || each.kind === 'converted' || each.kind === 'conversion-undone',
  );
  switch (last?.kind) {
    case 'category':
      return { category: last.category, by: last };
    case 'converted':
      return { category: 'feature', by: last };
    case 'conversion-undone':
      return categorising(before(history, last.conversion));
    default:
      return { category: 'uncategorised', by: null };
  }
}

export function statusAt(history: History): Status {
  const last = history.findLast((each) => each.kind === 'status' || each.kind === 'message');
  return last?.kind === 'status' ? last.status : 'open';
}

/** A closing: excuses for good once the customer wrote; taken back where an agent reopened (C13). */
export type Closing = { version: number; forGoodAt: number | null; takenBack: boolean };

export function closings(history: History): Closing[] {
  return ofKind(history, 'status')
    .filter((each) => each.status === 'closed')
    .map(({ version }) => {
      const next = history.find(
        (each) => each.version > version && (each.kind === 'status' || each.kind === 'message'),
      );
      return {
        version,
        forGoodAt: next?.kind === 'message' ? next.version : null,
        takenBack: next?.kind === 'status',
      };
    });
}

/** The policy in force, and when it came to be. */
export function policyAt(history: History): HappenedKind<'policy'> {
  const policy = ofKind(history, 'policy').at(-1);
  if (policy === undefined) throw new Error('a history has a policy from before its submission');
  return policy;
}
