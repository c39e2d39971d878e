import { HOUR_MS, MINUTE_MS } from '../../../shared/base/time.ts';
import type { HorizonDue } from '../../../shared/policy/horizon.ts';
import { severityRank } from '../../../shared/policy/severity.ts';

/** How far the strip looks, and how wide the places are that dues are stacked in. */
export const HORIZON_MS = 8 * HOUR_MS;
export const BIN_MS = 10 * MINUTE_MS;
/** The most marks of one place; what is above is counted. */
export const MAX_STACK = 4;

export type HorizonMark = HorizonDue & { bin: number; level: number };

export type LaidOut = {
  marks: HorizonMark[];
  /** Places with more dues than are drawn, and how many. */
  more: { bin: number; count: number }[];
  /** Tickets with a due within the hour. */
  withinHour: number;
  /** The hour with the most dues after the next one; null where none has two. */
  peak: { fromAt: number; count: number } | null;
};

/** Lays out the dues of the next hours, the worst severity at the bottom of each stack. Desk time, ms. */
export function layOut(dues: readonly HorizonDue[], now: number): LaidOut {
  const bins = new Map<number, HorizonDue[]>();
  for (const due of dues) {
    const bin = Math.floor((due.dueAt - now) / BIN_MS);
    bins.set(bin, [...(bins.get(bin) ?? []), due]);
  }
  const marks: HorizonMark[] = [];
  const more: LaidOut['more'] = [];
  for (const [bin, found] of bins) {
    const stack = found.toSorted(
      (a, b) => severityRank(a.severity) - severityRank(b.severity) || a.dueAt - b.dueAt,
    );
    marks.push(...stack.slice(0, MAX_STACK).map((due, level) => ({ ...due, bin, level })));
    if (stack.length > MAX_STACK) more.push({ bin, count: stack.length - MAX_STACK });
  }
  return {
    marks,
    more,
    withinHour: new Set(dues.filter((due) => due.dueAt < now + HOUR_MS).map((due) => due.ticketId))
      .size,
    peak: peakHour(dues.map((due) => due.dueAt).filter((dueAt) => dueAt >= now + HOUR_MS)),
  };
}

function peakHour(dues: readonly number[]): LaidOut['peak'] {
  const hours = new Map<number, number>();
  for (const dueAt of dues) {
    const fromAt = Math.floor(dueAt / HOUR_MS) * HOUR_MS;
    hours.set(fromAt, (hours.get(fromAt) ?? 0) + 1);
  }
  let peak: LaidOut['peak'] = null;
  for (const [fromAt, count] of hours)
    if (count >= 2 && count > (peak?.count ?? 0)) peak = { fromAt, count };
  return peak;
}
