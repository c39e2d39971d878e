import type { TicketHead } from '../tickets/head.ts';
import { clockIds } from './clock-id.ts';
import type { ClockId } from './clock-id.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { severities } from './severity.ts';
import type { Severity } from './severity.ts';
import { runningDues } from './urgency.ts';

/** A due ahead: one mark on the strip. */
export type HorizonDue = {
  ticketId: string;
  reference: string;
  clock: ClockId;
  /** Clocks of the ticket that are due at the same instant; the lower number is shown (C2). */
  also: ClockId[];
  severity: Severity;
  dueAt: number;
};

export type Horizon = {
  /** By due, then reference. */
  dues: HorizonDue[];
  /** Every clock by itself, by its severity and number. */
  counts: Record<Severity, Record<ClockId, number>>;
};

/** The dues of running clocks in [fromAt, untilAt), by severity and clock. ms since epoch, desk time. */
export function horizon(
  heads: Iterable<TicketHead>,
  policy: CompiledPolicy,
  { fromAt, untilAt }: { fromAt: number; untilAt: number },
): Horizon {
  const counts = Object.fromEntries(
    severities.map((severity) => [severity, Object.fromEntries(clockIds.map((id) => [id, 0]))]),
  ) as Horizon['counts'];
  const dues: HorizonDue[] = [];
  for (const head of heads) {
    const own: HorizonDue[] = [];
    for (const { id, severity, dueAt } of runningDues(head, policy)) {
      if (dueAt < fromAt || dueAt >= untilAt) continue;
      counts[severity][id] += 1;
      const same = own.find((due) => due.dueAt === dueAt);
      if (same !== undefined) same.also.push(id);
      else
        own.push({
          ticketId: head.id,
          reference: head.reference,
          clock: id,
          also: [],
          severity,
          dueAt,
        });
    }
    dues.push(...own);
  }
  return { dues: dues.toSorted(byDue), counts };
}

function byDue(a: HorizonDue, b: HorizonDue): number {
  return a.dueAt - b.dueAt || (a.reference < b.reference ? -1 : a.reference > b.reference ? 1 : 0);
}
