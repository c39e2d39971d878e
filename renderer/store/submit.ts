import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Action, Command, CommandDraft } from '../../shared/tickets/command.ts';
import { agentWords } from '../bridge/agent-words.ts';
import type { Console } from './console.ts';
import { draftCommand } from './draft-command.ts';
import { notify } from './notices.ts';
import { seenVersion } from './seen.ts';
import { charactersTooMany, tooLongWords } from './text-too-long.ts';
import { rememberDone } from './undo-memory.ts';

const GONE = 'This ticket is not here any more.';

/**
 * Hands the actions of one intent to the journal, which saves all of them or none; ok only when they are saved
 * (S5). What fails stays with the caller, who says so. `seen` is the version of the newest message that was on the
 * agent's screen (S3), by default that of the open ticket. What is saved can be undone (S17).
 */
export async function submit(
  console: Console,
  ticketId: string,
  actions: readonly Action[],
  seen: number = seenVersion(console, ticketId),
): Promise<Result<readonly Command[], string>> {
  const item = console.queue.get(ticketId);
  if (item === undefined) return err(GONE);
  const tooMany = actions.reduce((sum, action) => sum + charactersTooMany(action), 0);
  if (tooMany > 0) return err(tooLongWords(tooMany));
  const drafts = actions.map((action) => draftCommand(item.row.head, seen, action));
  const saved = await save(console, drafts);
  if (saved.ok) rememberDone(console, item.shown, saved.value);
  return saved;
}

/** Actions against an earlier command: the first has effect only while that one is what stands (S17). */
export async function submitCounter(
  console: Console,
  ticketId: string,
  undoes: string,
  actions: readonly Action[],
): Promise<Result<readonly Command[], string>> {
  const item = console.queue.get(ticketId);
  if (item === undefined) return err(GONE);
  const seen = seenVersion(console, ticketId);
  const drafts = actions.map((action, index) =>
    draftCommand(item.row.head, seen, action, index === 0 ? undoes : null),
  );
  return save(console, drafts);
}

/** For what has no place of its own to say that it failed. True where it is saved. */
export async function submitAndSay(
  console: Console,
  ...rest: [ticketId: string, actions: readonly Action[], seen?: number]
): Promise<boolean> {
  const saved = await submit(console, ...rest);
  if (!saved.ok) notify(console, 'error', saved.error);
  return saved.ok;
}

async function save(
  console: Console,
  drafts: CommandDraft[],
): Promise<Result<readonly Command[], string>> {
  const answer = await console.bridge.call('commands.submit', { drafts });
  return answer.ok ? ok(answer.value.commands) : err(notSaved(answer.error));
}

function notSaved(error: BridgeError): string {
  return `Not saved. ${agentWords(error)}`;
}
