import { SECOND_MS } from '../base/time.ts';
import type { Action, Command } from './command.ts';
import { speaksToCustomer } from './decide.ts';

/** So long what speaks to the customer waits in the journal, so that it can be taken back (S17). */
export const UNDO_MS = 5 * SECOND_MS;

/** The instant before which a command must not be sent; null where it may go at once. */
export function notBeforeOf(action: Action, pressedAt: number): number | null {
  return speaksToCustomer(action) ? pressedAt + UNDO_MS : null;
}

/** Still waits to be taken back. A clock that was set back since must not keep it for longer than was meant. */
export function isTooEarly({ notBefore }: Pick<Command, 'notBefore'>, nowMs: number): boolean {
  return notBefore !== null && notBefore > nowMs && notBefore - nowMs <= UNDO_MS;
}
