import type { LogCounts } from './log-counts.ts';

/** What came of a log, for a person: how much was taken, merged and skipped, and why. */
export function logReport(counts: LogCounts): string[] {
  const { events, cases, tickets, taken, merged, skipped, skippedBecause } = counts;
  const middle = counts.begunInTheMiddle;
  return [
    `read ${events} events of ${cases} cases`,
    `took ${tickets} tickets (${taken} events), merged ${merged} duplicate events, skipped ${skipped} events`,
    `  of the tickets ${inWords(counts.byStatus)}: see the view "All open", and "Resolved today"`,
    ...(middle > 0
      ? [`${middle} of them begin in the middle: their first event was taken as the submission`]
      : []),
    ...Object.entries(skippedBecause)
      .toSorted(([, a], [, b]) => b - a)
      .map(([why, count]) => `  ${count} skipped: ${why}`),
  ];
}

function inWords(byStatus: LogCounts['byStatus']): string {
  return Object.entries(byStatus)
    .map(([status, count]) => `${count} ${count === 1 ? 'is' : 'are'} ${status}`)
    .join(', ');
}
