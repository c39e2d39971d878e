import type { Time } from '../../shared/base/time.ts';
import type { Command } from '../../shared/tickets/command.ts';
import type { JournalState } from './journal-state.ts';
import { waitMs } from './pending.ts';

/**
 * How long each command can still be taken back (S17), ms. What it waits is counted by the steady clock: desk time
 * stands still at a desk whose clock was set back, and nobody waits for that.
 */
export function takeBack(
  state: JournalState,
  time: Time,
  steadyMs: () => number,
): (command: Command) => number {
  const freeAt = new Map<string, number>();
  const known = (command: Command): number => {
    const at = freeAt.get(command.id) ?? steadyMs() + waitMs(command, time.nowMs());
    freeAt.set(command.id, at);
    return at;
  };
  // Written in an earlier run: from now on they wait no longer than was promised.
  for (const { command, sentAt } of state.commands.values())
    if (sentAt === null && command.notBefore !== null) known(command);
  return (command) => {
    if (command.notBefore === null) return 0;
    return Math.max(0, known(command) - steadyMs());
  };
}
