import type { Status } from '../../shared/tickets/fields.ts';

/** What became of each row of a log. */
export type LogCounts = {
  /** Rows of the log; each is taken, merged or skipped. */
  events: number;
  cases: number;
  tickets: number;
  /** Taken tickets by the status they were in at the moment. */
  byStatus: Readonly<Partial<Record<Status, number>>>;
  /** Taken tickets whose first event is neither an insertion nor the assigning of a seriousness. */
  begunInTheMiddle: number;
  taken: number;
  merged: number;
  skipped: number;
  /** How many were skipped for each reason. */
  skippedBecause: Readonly<Record<string, number>>;
};
