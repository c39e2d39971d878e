const FIRST_MS = 1_000;
const MOST_MS = 15_000;

/** How long to wait after failure number `failures` (from 1): 1 s to 15 s, full jitter (S6). */
export function backoffMs(failures: number, random: () => number): number {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(100, Math.round(random() * most));
}
