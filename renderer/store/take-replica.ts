import { unreachable } from '../../shared/base/assert.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import { timelineOf } from '../../shared/tickets/timeline.ts';
import type { FromReplica } from '../replica/messages.ts';
import type { Console } from './console.ts';
import { notify } from './notices.ts';
import { queueChanged } from './queue-changed.ts';
import { takePolicy } from './take-policy.ts';
import { loadTimeline } from './selection.ts';

/** Takes in what the replica says. */
export function takeReplica(
  console: Console,
  message: Exclude<FromReplica, { kind: 'timeline' }>,
): void {
  const { queue, state, clock } = console;
  switch (message.kind) {
    case 'heads':
      queue.putRows(message.rows, clock.now());
      queueChanged(console);
      return;
    case 'opened':
      takePolicy(console, message.policy);
      state.setState({
        replicaRead: true,
        replicaSynced: state.getState().replicaSynced || message.synced,
      });
      queueChanged(console);
      readAgain(console);
      return;
    case 'changed':
      // The row that counts a command as decided takes its pending entry away: the accepted one must be there
      // when anyone looks (S4).
      queue.putRows(message.rows, clock.now());
      takePolicy(console, message.policy);
      takeEntries(console, message.entries);
      state.setState({ replicaSynced: true });
      queueChanged(console);
      readAgain(console);
      return;
    case 'reset':
      queue.clear();
      forgetEntries(console);
      queueChanged(console);
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

/** Adds to the timeline on screen. One that is not read yet will hold them when it is. */
function takeEntries(console: Console, entries: readonly Entry[]): void {
  const { timeline } = console.state.getState();
  const known = timeline?.entries ?? null;
  if (timeline === null || known === null) return;
  const fresh = entries.filter((entry) => entry.ticketId === timeline.ticketId);
  if (fresh.length === 0) return;
  const { pending: kept } = timelineOf(fresh, known);
  const { accepted } = timelineOf([...kept, ...fresh], []);
  console.state.setState({ timeline: { ...timeline, entries: accepted } });
}

function forgetEntries(console: Console): void {
  const { timeline } = console.state.getState();
  if (timeline !== null)
    console.state.setState({
      timeline: { ticketId: timeline.ticketId, entries: [], failed: false },
      // Versions of another epoch mean nothing here (S7).
      seen: { ticketId: timeline.ticketId, version: 0 },
    });
}

/** A timeline that could not be read is tried again whenever something changes. */
function readAgain(console: Console): void {
  const { timeline } = console.state.getState();
  if (timeline?.failed === true) void loadTimeline(console, timeline.ticketId);
}
