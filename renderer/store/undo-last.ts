import type { Command } from '../../shared/tickets/command.ts';
import { agentWords } from '../bridge/agent-words.ts';
import { backWords, whyNotWords, withdrawnWords } from '../undo-words.ts';
import type { Console } from './console.ts';
import type { TicketDrafts } from './console-state.ts';
import { draftKey } from './draft-keeper.ts';
import { draftsOf } from './drafts.ts';
import { focusOn } from './focus.ts';
import { notify } from './notices.ts';
import { previewChange } from './preview-change.ts';
import { draftModeOf, putBack, takeOut } from './put-back.ts';
import { openTicket } from './selection.ts';
import { submitCounter } from './submit.ts';
import { forgetDone } from './undo-memory.ts';
import { counterStep, undoSteps } from './undo.ts';
import type { Done, FieldChange, UndoContext, UndoStep } from './undo.ts';

/** What came of undoing, in words. */
type Said = { undone: boolean; words: string };

/** Undoes what the last key press did, and says what came of it (S17). */
export function undoLast(console: Console): void {
  void console.undoing(async () => {
    const done = console.state.getState().done.at(-1);
    if (done === undefined) {
      notify(console, 'info', 'There is nothing to undo.');
      return;
    }
    const said: Said[] = [];
    for (const step of undoSteps(done, contextOf(console, done)))
      said.push(await perform(console, done, step));
    if (said.some(({ undone }) => undone)) forgetDone(console, done);
    say(console, done.ticketId, said);
  });
}

/** Takes one command back that has not been sent. */
export function takeBackCommand(console: Console, command: Command): void {
  void console.undoing(async () => {
    const said = await withdraw(console, command);
    say(console, command.ticketId, [said ?? { undone: false, words: 'It has just been sent.' }]);
  });
}

/** Takes a change on the timeline back, as long as it is what stands. */
export function undoChange(
  console: Console,
  ticketId: string,
  commandId: string,
  change: FieldChange,
): void {
  void console.undoing(async () => {
    const item = console.queue.get(ticketId);
    if (item === undefined) return;
    const step = counterStep(change, commandId, {
      shown: item.shown,
      consoleId: consoleId(console),
    });
    say(console, ticketId, [await counter(console, ticketId, step)]);
  });
}

function contextOf(console: Console, { ticketId, before }: Done): UndoContext {
  return {
    commands: console.state.getState().commands,
    shown: console.queue.get(ticketId)?.shown ?? before,
    consoleId: consoleId(console),
  };
}

async function perform(console: Console, done: Done, step: UndoStep): Promise<Said> {
  if (step.kind !== 'withdraw') return counter(console, done.ticketId, step);
  const said = await withdraw(console, step.command);
  if (said !== null) return said;
  // It was marked sent at the same moment.
  const [next] = undoSteps(
    { ...done, commands: [step.command] },
    { ...contextOf(console, done), commands: [] },
  );
  return next === undefined ? { undone: false, words: '' } : counter(console, done.ticketId, next);
}

async function counter(console: Console, ticketId: string, step: UndoStep): Promise<Said> {
  const nameOf = nameIn(console);
  if (step.kind === 'withdraw') return { undone: false, words: '' };
  if (step.kind === 'cannot') return { undone: false, words: whyNotWords(step.why, nameOf) };
  const refusal = refusalOf(console, ticketId, step);
  if (refusal !== null) return { undone: false, words: refusal };
  const saved = await submitCounter(console, ticketId, step.undoes, step.actions);
  return saved.ok
    ? { undone: true, words: backWords(step.change, nameOf) }
    : { undone: false, words: saved.error };
}

/** Why the desk would refuse it as things stand; null where it would not. */
function refusalOf(
  console: Console,
  ticketId: string,
  { actions }: Extract<UndoStep, { kind: 'counter' }>,
): string | null {
  const { agent, policy } = console.state.getState();
  const item = console.queue.get(ticketId);
  if (agent === null || policy === null || item === undefined) return null;
  return previewChange(item, actions, { agent, policy, at: console.clock.now() }).refusal;
}

/**
 * Its words go back to where they were written before it is withdrawn, so that a crash in between loses nothing; at
 * the next start main sees which of the two stands. Null where it was sent already.
 */
async function withdraw(console: Console, command: Command): Promise<Said | null> {
  const { state } = console;
  const { ticketId, action } = command;
  const before = draftsOf(state.getState().drafts, ticketId);
  const back = putBack(before, action);
  if (back === null)
    return {
      undone: false,
      words:
        'Not taken back: another one of its kind is begun on the ticket. Finish or clear that first.',
    };
  const mode = draftModeOf(action);
  const key = mode === null ? null : draftKey(ticketId, mode);
  if (key !== null) {
    state.setState({ takenBack: { ...state.getState().takenBack, [key]: command.id } });
    setDrafts(console, ticketId, back);
    await console.drafts.flush();
  }
  const answer = await console.bridge.call('commands.withdraw', { commandId: command.id });
  if (key !== null) {
    const { [key]: _done, ...takenBack } = state.getState().takenBack;
    state.setState({ takenBack });
  }
  if (answer.ok && answer.value.withdrawn) {
    showWords(console, command);
    return { undone: true, words: withdrawnWords(action) };
  }
  const now = draftsOf(state.getState().drafts, ticketId);
  if (key !== null) setDrafts(console, ticketId, takeOut(now, action, before));
  return answer.ok ? null : { undone: false, words: agentWords(answer.error) };
}

function setDrafts(console: Console, ticketId: string, drafts: TicketDrafts): void {
  console.state.setState({
    drafts: { ...console.state.getState().drafts, [ticketId]: drafts },
  });
}

/** Brings the agent to the words that are in their hands again. */
function showWords(console: Console, { ticketId, action }: Command): void {
  const mode = draftModeOf(action);
  if (mode === null) return;
  openTicket(console, ticketId);
  switch (mode) {
    case 'reply':
    case 'note':
      console.state.setState({ composer: mode, panel: null });
      focusOn(console, 'composer');
      return;
    case 'attempt':
    case 'escalation':
    case 'data-request':
      console.state.setState({ panel: { kind: mode, ticketId } });
      return;
    case 'conversion':
      console.state.setState({
        panel: { kind: 'decision', ticketId, decision: { kind: 'convert' } },
      });
  }
}

function say(console: Console, ticketId: string, said: readonly Said[]): void {
  const words = [...new Set(said.map((each) => each.words))].filter((text) => text !== '');
  // A way there, unless the agent is there already.
  const isHere = console.state.getState().selectedId === ticketId;
  if (words.length > 0) notify(console, 'info', words.join(' '), isHere ? null : ticketId);
}

function nameIn(console: Console): (agentId: string) => string {
  const { agents } = console.state.getState();
  return (agentId) => agents.find((agent) => agent.id === agentId)?.name ?? agentId;
}

function consoleId(console: Console): string {
  return console.state.getState().consoleId;
}
