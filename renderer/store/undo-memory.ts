import type { Command } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { Console } from './console.ts';
import type { Done } from './undo.ts';

/** More than anyone takes back in a row. */
const MOST = 30;

/** Keeps what one key press did, so that the next `z` can undo it (S17). `before` is the ticket as it was shown. */
export function rememberDone(
  { state, clock }: Console,
  before: TicketHead,
  commands: readonly Command[],
): void {
  if (commands.length === 0) return;
  const { id: ticketId, reference } = before;
  const done: Done = { ticketId, reference, at: clock.now(), commands, before };
  state.setState({ done: [...state.getState().done, done].slice(-MOST) });
}

export function forgetDone({ state, clock }: Console, done: Done): void {
  state.setState({
    done: state.getState().done.filter((each) => each !== done),
    undoneAt: clock.now(),
  });
}
