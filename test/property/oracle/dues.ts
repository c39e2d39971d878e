import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import type { Severity } from '../../../shared/policy/severity.ts';
import { slowCounted, slowDue } from './days.ts';
import { asks, classChanges, submissionOf } from './history.ts';
import type { Class, History } from './history.ts';

/** Dues by the text of C8 and C10. */

const HOUR = 3_600_000;
const worstFirst: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

export function isWorse(a: Severity, b: Severity): boolean {
  return worstFirst.indexOf(a) < worstFirst.indexOf(b);
}

/** P2's third column, and C15's serverSupport24x7. */
export function isAroundTheClock(document: PolicyDocument, given: Class): boolean {
  return given.severity === 'critical' || (given.serverFault && document.serverSupport24x7);
}

export function targetDue(document: PolicyDocument, given: Class, fromAt: number): number {
  const targetMs = document.targetHours[given.severity] * HOUR;
  return isAroundTheClock(document, given)
    ? fromAt + targetMs
    : slowDue(document, fromAt, targetMs);
}

export function businessDue(document: PolicyDocument, fromAt: number, hours: number): number {
  return slowDue(document, fromAt, hours * HOUR);
}

export function lateCounted(
  document: PolicyDocument,
  aroundTheClock: boolean,
  dueAt: number,
  endedAt: number,
): number {
  return aroundTheClock ? endedAt - dueAt : slowCounted(document, dueAt, endedAt);
}

/** A due that a policy version moved, and its place in the order (C14). */
export type Fact = { version: number; dueAt: number };

export type Run = {
  /** Where the run counts from, and its place in the desk's order. */
  fromAt: number;
  version: number;
  /** The version that ended it; null while it goes on. */
  endVersion: number | null;
};

type Turn =
  | { version: number; kind: 'class'; at: number; given: Class }
  | { version: number; kind: 'fact'; dueAt: number };
type Had = { given: Class; dueAt: number };

/** The due of a run of C1 or C3 under one policy: the severity changes of the run folded in (C10). */
export function severityDue(
  history: History,
  document: PolicyDocument,
  run: Run,
  fact: Fact | null,
): Had {
  const changes = classChanges(history);
  const first: Class = changes.findLast((each) => each.version < run.version) ?? {
    severity: 'low',
    serverFault: false,
  };
  const during = changes.filter(
    (each) =>
      each.version > run.version && (run.endVersion === null || each.version < run.endVersion),
  );
  const turns: Turn[] = [
    ...during.map(({ version, at, severity, serverFault }): Turn => {
      return { version, kind: 'class', at, given: { severity, serverFault } };
    }),
    ...(fact === null ? [] : [{ ...fact, kind: 'fact' as const }]),
  ].toSorted((a, b) => a.version - b.version);
  const all = dueAfterTurns({ history, document, fromAt: run.fromAt, first, turns });
  const last = all.at(-1);
  if (last === undefined) throw new Error('a run has a due from the first');
  return last;
}

type Fold = {
  history: History;
  document: PolicyDocument;
  fromAt: number;
  first: Class;
  turns: readonly Turn[];
};

/** All that the clock ever had, the newest last: by what it had before its last turn. */
function dueAfterTurns(fold: Fold): Had[] {
  const { document, fromAt, first, turns } = fold;
  const turn = turns.at(-1);
  if (turn === undefined) return [{ given: first, dueAt: targetDue(document, first, fromAt) }];
  const had = dueAfterTurns({ ...fold, turns: turns.slice(0, -1) });
  const current = had.at(-1);
  if (current === undefined) throw new Error('a run has a due from the first');
  if (turn.kind === 'fact') return [...had, { given: current.given, dueAt: turn.dueAt }];
  // A mark that the policy does not mind is no change of the clock.
  if (
    turn.given.severity === current.given.severity &&
    isAroundTheClock(document, turn.given) === isAroundTheClock(document, current.given)
  )
    return [...had.slice(0, -1), { given: turn.given, dueAt: current.dueAt }];
  return [...had, { given: turn.given, dueAt: changedDue(fold, turn, current, had) }];
}

function changedDue(
  { history, document, fromAt }: Fold,
  { given, at, version }: Extract<Turn, { kind: 'class' }>,
  current: Had,
  had: readonly Had[],
): number {
  const fromOrigin = targetDue(document, given, fromAt);
  if (document.onSeverityChange === 'from-origin') return fromOrigin;
  const raised =
    given.severity === current.given.severity
      ? given.serverFault
      : isWorse(given.severity, current.given.severity);
  // "Lowered: the later of the current due and origin + target."
  if (!raised) return Math.max(current.dueAt, fromOrigin);
  // "A due already past stays where it is on a raise."
  if (at > current.dueAt) return current.dueAt;
  const candidates = [
    current.dueAt,
    targetDue(document, given, at),
    // "every due the clock has had at S or a lower severity"
    ...had.filter((each) => promisedNoMore(document, each.given, given)).map((each) => each.dueAt),
    // "for each severity asked for that is not above S, the later of origin and the instant it was asked for"
    ...asks(history)
      .filter((each) => each.version < version && !isWorse(each.severity, given.severity))
      .map((each) => {
        const asked = { severity: each.severity, serverFault: given.serverFault };
        return targetDue(document, asked, Math.max(fromAt, each.at));
      }),
    // "begun above S: no later than lowered to S at once"
    ...had
      .slice(0, 1)
      .filter((first) => isWorse(first.given.severity, given.severity))
      .map((first) => Math.max(first.dueAt, fromOrigin)),
  ];
  return Math.max(at, Math.min(...candidates));
}

function promisedNoMore(document: PolicyDocument, was: Class, is: Class): boolean {
  if (isWorse(was.severity, is.severity)) return false;
  return !isAroundTheClock(document, was) || isAroundTheClock(document, is);
}

/** C5's due: of each severity above Low asked for in the run, the nearest. */
export function triageDue(
  history: History,
  document: PolicyDocument,
  askVersions: readonly number[],
): { severity: Severity; fromAt: number; dueAt: number; version: number } | null {
  const { receivedAt } = submissionOf(history);
  const candidates = asks(history)
    .filter((each) => askVersions.includes(each.version) && each.severity !== 'low')
    .map(({ severity, at, version }) => {
      const fromAt = Math.max(at, receivedAt);
      const dueAt = targetDue(document, { severity, serverFault: false }, fromAt);
      return { severity, fromAt, dueAt, version };
    });
  return (
    candidates.toSorted(
      (a, b) =>
        a.dueAt - b.dueAt ||
        worstFirst.indexOf(a.severity) - worstFirst.indexOf(b.severity) ||
        a.version - b.version,
    )[0] ?? null
  );
}
