/** Count, sum, middle, and tail of some lengths, ms; null where there are none. */
export type Spread = {
  count: number;
  totalMs: number;
  medianMs: number;
  p90Ms: number;
  largestMs: number;
};

export function spreadOf(lengths: readonly number[]): Spread | null {
  const sorted = lengths.toSorted((a, b) => a - b);
  const largestMs = sorted.at(-1);
  if (largestMs === undefined) return null;
  // Nearest rank: a length that is there.
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? largestMs;
  return {
    count: sorted.length,
    totalMs: sorted.reduce((sum, each) => sum + each, 0),
    medianMs: rank(0.5),
    p90Ms: rank(0.9),
    largestMs,
  };
}
