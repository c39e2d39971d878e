import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import type { Severity } from '../../../shared/policy/severity.ts';

/** The order of the queue by the text of U1 to U3, from lists of running clocks. */

export type ListedClock = { id: string; severity: Severity; dueAt: number };
export type ListedTicket = {
  id: string;
  submittedAt: number;
  lastActivityAt: number;
  waiting: boolean;
  unanswered: boolean;
  running: readonly ListedClock[];
};

type OracleBand = 'overdue' | 'at risk' | 'on track' | 'no clock';
const bandsInOrder: readonly OracleBand[] = ['overdue', 'at risk', 'on track', 'no clock'];
const severitiesInOrder: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
const MINUTE = 60_000;

/** U1, and U2's "C4's band is never better than at risk". */
export function oracleBand(clock: ListedClock, document: PolicyDocument, now: number): OracleBand {
  const leftMs = clock.dueAt - now;
  if (leftMs < 0) return clock.id === 'C4' ? 'at risk' : 'overdue';
  return leftMs <= document.atRiskMinutes[clock.severity] * MINUTE ? 'at risk' : 'on track';
}

type Binding = ListedClock & { band: OracleBand };

/** U2: the best by band, C4 last, due, lower number. */
export function oracleBinding(
  ticket: ListedTicket,
  document: PolicyDocument,
  now: number,
): Binding | null {
  const listed = ticket.running.map((clock) => {
    return { ...clock, band: oracleBand(clock, document, now) };
  });
  const best = bandsInOrder.find((band) => listed.some((each) => each.band === band));
  const inBand = listed.filter((each) => each.band === best);
  const others = inBand.filter((each) => each.id !== 'C4');
  const candidates = others.length > 0 ? others : inBand;
  const soonest = Math.min(...candidates.map((each) => each.dueAt));
  return (
    candidates
      .filter((each) => each.dueAt === soonest)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))[0] ?? null
  );
}

/** U3's four parts; each is ordered by itself. */
function part(binding: Binding | null): 1 | 2 | 3 | 4 {
  if (binding === null) return 4;
  const isNow = binding.band === 'overdue' || binding.band === 'at risk';
  if (binding.severity === 'critical' && binding.id !== 'C4' && isNow) return 1;
  return binding.band === 'overdue' ? 2 : 3;
}

/** What U3 compares within each part, in its order; the first that differs decides. */
function sortsBy(ticket: ListedTicket, binding: Binding | null): readonly number[] {
  if (binding === null)
    return [ticket.waiting ? 2 : ticket.unanswered ? 0 : 1, -ticket.lastActivityAt];
  const severity = severitiesInOrder.indexOf(binding.severity);
  switch (part(binding)) {
    case 1:
      return [bandsInOrder.indexOf(binding.band), binding.dueAt];
    case 2:
      return [severity, binding.dueAt];
    default:
      return [binding.dueAt, severity];
  }
}

export function oracleCompare(document: PolicyDocument, now: number) {
  return (a: ListedTicket, b: ListedTicket): number => {
    const [first, second] = [oracleBinding(a, document, now), oracleBinding(b, document, now)];
    const left = [part(first), ...sortsBy(a, first), a.submittedAt];
    const right = [part(second), ...sortsBy(b, second), b.submittedAt];
    const place = left.findIndex((value, index) => value !== right[index]);
    if (place >= 0) return (left[place] ?? 0) - (right[place] ?? 0);
    return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
  };
}
