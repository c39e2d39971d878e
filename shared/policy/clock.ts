import type { ClockId } from './clock-id.ts';
import type { Severity } from './severity.ts';
import type { CalendarKind, TraceStep } from './trace-step.ts';

/** Where a clock stands. Only a running one has a due that can be missed. */
export type ClockState =
  | 'running'
  /** C4 while waiting on the customer. */
  | 'paused'
  /** The ticket is resolved; taken up again with its old due (C13). */
  | 'suspended'
  /** Ended by what it waited for. */
  | 'ended'
  /** A feature request has no response SLA (P9, C12). */
  | 'stopped'
  /** Closed with a reason (C13). */
  | 'excused';

/** One clock of a ticket as the policy has it (C1 to C5). Instants in ms since epoch, UTC. */
export type TicketClock = {
  id: ClockId;
  state: ClockState;
  /** Its own severity: target, calendar, windows and rank come from it (C17). */
  severity: Severity;
  calendar: CalendarKind;
  /** Where this run counts from. */
  fromAt: number;
  targetMs: number;
  /** Null while paused: no instant is due then. */
  dueAt: number | null;
  /** Since when that is the due: what the agent did, the customer asked, or a policy changed. */
  dueSetAt: number;
  /** Counted ms used before a pause; 0 where there was none. */
  usedMs: number;
  endedAt: number | null;
  /** The first due that this run missed (C11). */
  missedDueAt: number | null;
  trace: readonly TraceStep[];
};
