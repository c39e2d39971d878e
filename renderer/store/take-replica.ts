import { unreachable } from '../../shared/base/assert.ts';
import { takeRows } from '../replica/messages.ts';
import type { FromReplica } from '../replica/messages.ts';
import type { Console } from './console.ts';
import { notify } from './notices.ts';
import { queueChanged, queueChangedSoon } from './queue-changed.ts';
import { takePolicy } from './take-policy.ts';
import { takeFirstRows } from './take-first-rows.ts';
import { dropTickets } from './take-removals.ts';
import { loadTimeline } from './selection.ts';
import { forgetEntries, takeEntries } from './take-entries.ts';

type Message = Exclude<FromReplica, { kind: 'timeline' }>;

/** Takes in what the replica says. */
export function takeReplica(console: Console, message: Message): void {
  const { queue, state, clock } = console;
  switch (message.kind) {
    case 'heads':
      queue.putRows(takeRows(message.rows), clock.now());
      queueChangedSoon(console);
      return;
    case 'opened':
      takePolicy(console, message.policy);
      state.setState({
        replicaRead: true,
        replicaSynced:
          state.getState().replicaSynced || (message.synced && message.progress.wanted === 0),
      });
      queueChanged(console);
      readAgain(console);
      return;
    case 'changed':
      takeChanges(console, message);
      return;
    case 'reset':
      queue.clear();
      forgetEntries(console);
      queueChanged(console);
      return;
    case 'dropped':
      queue.clear();
      state.setState({ replicaRead: false, replicaSynced: false });
      notify(console, 'info', droppedWords[message.why]);
      void takeFirstRows(console);
      return;
    case 'fault':
      notify(
        console,
        'error',
        `The local copy of the tickets has a fault. ${message.message.slice(0, 200)}`,
      );
      return;
    default:
      unreachable(message);
  }
}

const droppedWords = {
  damaged:
    'The local copy of the tickets was damaged and is being fetched anew. Nothing of yours is lost.',
  'no-answer':
    'The local copy of the tickets does not open. It is fetched anew and kept until the console ends. Nothing of yours is lost.',
} as const;

function takeChanges(console: Console, message: Extract<Message, { kind: 'changed' }>): void {
  const { queue, state, clock } = console;
  const rows = takeRows(message.rows);
  // The row that counts a command as decided takes its pending entry away: the accepted one must be there
  // when anyone looks (S4).
  queue.putRows(rows, clock.now());
  dropTickets(console, message);
  takePolicy(console, message.policy);
  takeEntries(console, message.entries);
  const { visitedId, goneId, replicaSynced } = state.getState();
  if (message.progress.wanted === 0 && !replicaSynced) state.setState({ replicaSynced: true });
  if (visitedId !== null && rows.some((row) => row.head.id === visitedId))
    state.setState({ visitedId: null });
  if (goneId !== null && queue.get(goneId) !== undefined) {
    state.setState({ goneId: null });
    void loadTimeline(console, goneId);
  }
  // During a first sync one message follows another (S8).
  if (message.progress.wanted > 0 && message.entries.length === 0) queueChangedSoon(console);
  else queueChanged(console);
  readAgain(console);
}

/** A timeline that could not be read is tried again whenever something changes. */
function readAgain(console: Console): void {
  const { timeline } = console.state.getState();
  if (timeline?.failed === true) void loadTimeline(console, timeline.ticketId);
}
