import type { Agent } from '../../shared/protocol/agent.ts';
import { commandSchema } from '../../shared/tickets/command.ts';
import type { Command } from '../../shared/tickets/command.ts';

/** A push as the desk takes it: who is known from the token, never from the body (X5). */
export type Push = {
  agent: Agent;
  consoleId: string;
  commands: readonly ReadCommand[];
};

export type ReadCommand =
  | { kind: 'command'; index: number; command: Command }
  /** Answered `unreadable`: it gets no ledger row, so that nobody can use up another's command id. */
  | { kind: 'unreadable'; index: number; message: string };

/** Parses each command by itself, so that a bad one is refused without the rest (S2). */
export function readCommands(
  raw: readonly unknown[],
  agentId: string,
  consoleId: string,
): ReadCommand[] {
  return raw.map((each, index) => {
    const parsed = commandSchema.safeParse(each);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue === undefined ? '' : `${issue.path.map(String).join('.')}: `;
      return { kind: 'unreadable', index, message: `${where}${issue?.message ?? 'not a command'}` };
    }
    const command = parsed.data;
    if (command.agentId !== agentId)
      return { kind: 'unreadable', index, message: 'agentId: not the agent of this sign-in' };
    if (command.consoleId !== consoleId)
      return { kind: 'unreadable', index, message: 'consoleId: not the console of this push' };
    return { kind: 'command', index, command };
  });
}
