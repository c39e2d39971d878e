/** The width of the queue, px: kept on this machine, within what leaves room for a ticket. */

const KEY = 'queue-width';
const DEFAULT_PX = 530;
const LEAST_PX = 340;
const MOST_PX = 820;

export function keptSplit(): number {
  const kept = Number(localStorage.getItem(KEY));
  return Number.isFinite(kept) && kept > 0 ? within(kept) : DEFAULT_PX;
}

export function keepSplit(widthPx: number): number {
  const kept = within(widthPx);
  localStorage.setItem(KEY, String(kept));
  return kept;
}

function within(widthPx: number): number {
  return Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, widthPx)));
}
