import { HOUR_MS, MINUTE_MS } from '../../../shared/base/time.ts';
import { severityRank } from '../../../shared/policy/severity.ts';
import type { Severity } from '../../../shared/policy/severity.ts';

/** How far the strip looks, and how wide the places are that dues are stacked in. */
export const HORIZON_MS = 8 * HOUR_MS;
export const BIN_MS = 10 * MINUTE_MS;
/** The most marks of one place; what is above is counted. */
export const MAX_STACK = 4;

export type Due = { ticketId: string; reference: string; dueAt: number; severity: Severity };

export type HorizonMark = Due & { bin: number; level: number };

export type Horizon = {
  marks: HorizonMark[];
  /** Places with more dues than are drawn, and how many. */
  more: { bin: number; count: number }[];
  withinHour: number;
  /** The hour with the most dues after the next one; null where none has two. */
  peak: { fromAt: number; count: number } | null;
};

/** Lays out the dues of the next hours, the worst severity at the bottom of each stack. Desk time, ms. */
export function layOut(dues: readonly Due[], now: number): Horizon {
  const ahead = dues.filter((due) => due.dueAt >= now && due.dueAt < now + HORIZON_MS);
  const bins = new Map<number, Due[]>();
  for (const due of ahead) {
    const bin = Math.floor((due.dueAt - now) / BIN_MS);
    bins.set(bin, [...(bins.get(bin) ?? []), due]);
  }
  const marks: HorizonMark[] = [];
  const more: Horizon['more'] = [];
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
    withinHour: ahead.filter((due) => due.dueAt < now + HOUR_MS).length,
    peak: peakHour(ahead.map((due) => due.dueAt).filter((dueAt) => dueAt >= now + HOUR_MS)),
  };
}

function peakHour(dues: readonly number[]): Horizon['peak'] {
  const hours = new Map<number, number>();
  for (const dueAt of dues) {
    const fromAt = Math.floor(dueAt / HOUR_MS) * HOUR_MS;
    hours.set(fromAt, (hours.get(fromAt) ?? 0) + 1);
  }
  let peak: Horizon['peak'] = null;
  for (const [fromAt, count] of hours)
    if (count >= 2 && count > (peak?.count ?? 0)) peak = { fromAt, count };
  return peak;
}
