import { SECOND_MS } from '../../../shared/base/time.ts';
import type { Action } from '../../../shared/tickets/command.ts';
import type { Done, UndoStep } from '../../store/undo.ts';
import { actionWords, categoryWords, closeReasonWords, severityWords } from '../../words.ts';

/** How long an offer to undo stands when nothing else ends it. */
const OFFER_MS = 8 * SECOND_MS;

export type Toast = {
  /** What was done. Spoken once. */
  what: string;
  /** Seconds until it goes out; null where it does not go by a clock. */
  seconds: number | null;
};

/**
 * What is offered to be undone, and for how long (S17); null where nothing is. `now` and all instants are desk time.
 */
export function toastFor(
  done: Done,
  steps: readonly UndoStep[],
  online: boolean,
  now: number,
  nameOf: (agentId: string) => string,
): Toast | null {
  if (steps.every(({ kind }) => kind === 'cannot')) return null;
  const goesAt = online ? goesOutAt(steps) : null;
  if (goesAt !== null)
    return { what: goingWords(steps), seconds: Math.max(0, Math.ceil((goesAt - now) / SECOND_MS)) };
  if (now >= done.at + OFFER_MS) return null;
  const [first] = done.commands;
  if (first === undefined) return null;
  const waits = steps.some(({ kind }) => kind === 'withdraw');
  const what = done.commands.length > 1 ? severalWords(done) : doneWords(first.action, nameOf);
  return { what: waits ? `${what} · waits here` : what, seconds: null };
}

/** When the toast may read otherwise. */
export function toastChangesAt(
  done: Done,
  steps: readonly UndoStep[],
  online: boolean,
  now: number,
): number {
  const goesAt = online ? goesOutAt(steps) : null;
  if (goesAt === null)
    return now < done.at + OFFER_MS ? done.at + OFFER_MS : Number.POSITIVE_INFINITY;
  const leftMs = goesAt - now;
  // A whole second of what is left, never of the clock on the wall.
  return leftMs <= 0 ? now + SECOND_MS : now + (leftMs % SECOND_MS || SECOND_MS);
}

/** The instant until which something of it certainly waits here to be taken back. */
function goesOutAt(steps: readonly UndoStep[]): number | null {
  const instants = steps.flatMap((step) =>
    step.kind === 'withdraw' && step.command.notBefore !== null ? [step.command.notBefore] : [],
  );
  return instants.length === 0 ? null : Math.max(...instants);
}

function goingWords(steps: readonly UndoStep[]): string {
  for (const step of steps) {
    if (step.kind !== 'withdraw') continue;
    switch (step.command.action.kind) {
      case 'request-data':
        return 'Data request goes out';
      case 'convert-to-feature':
        return 'Feature request and its message go out';
      default:
    }
  }
  return 'Reply goes out';
}

function severalWords({ commands }: Done): string {
  return `${commands.length} changes`;
}

/** What an action did, in few words. */
function doneWords(action: Action, nameOf: (agentId: string) => string): string {
  switch (action.kind) {
    case 'set-severity':
      return `Severity: ${severityWords[action.severity]}`;
    case 'set-category':
      return categoryWords[action.category];
    case 'assign':
      return action.assignee === null
        ? 'Assigned to nobody'
        : `Assigned to ${nameOf(action.assignee)}`;
    case 'set-waiting':
      return 'Waiting on the customer';
    case 'resolve':
      return 'Resolved';
    case 'reopen':
      return 'Open again';
    case 'close':
      return `Closed: ${closeReasonWords[action.reason]}`;
    default:
      return actionWords[action.kind];
  }
}
