import { REPLICA_PORT } from '../../shared/bridge/preload-api.ts';
import type { AlertRecord } from '../../shared/bridge/alert-record.ts';
import type { ConsoleStart } from '../../shared/bridge/methods.ts';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { SyncStatus } from '../../shared/bridge/sync-status.ts';
import { unreachable } from '../../shared/base/assert.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { PendingCommand } from '../../shared/tickets/view.ts';
import { agentWords } from '../bridge/agent-words.ts';
import { plainLine } from '../plain-line.ts';
import { startReplica } from '../replica/client.ts';
import type { Console } from './console.ts';
import { focusOn } from './focus.ts';
import { mergeCommands } from './merge-commands.ts';
import { notify } from './notices.ts';
import { followPlace } from './presence.ts';
import { loadTimeline, openTicket, selectEnd } from './selection.ts';
import { queueChanged, setContext } from './queue-changed.ts';
import { takePolicy } from './take-policy.ts';
import { takeReplica } from './take-replica.ts';
import { severityWords } from '../words.ts';

/** Starts the console: first picture from main (S13), then the replica, then whatever changes. */
export async function connectConsole(console: Console): Promise<void> {
  listenToMain(console);
  const started = await console.bridge.call('console.start', {});
  if (!started.ok) {
    console.state.setState({ phase: 'failed', failure: agentWords(started.error) });
    return;
  }
  takeStart(console, started.value);
  followPlace(console, () => document.hidden);
  void takeDrafts(console);
  console.replica = startReplica(`replica-${started.value.consoleId}`, (message) => {
    takeReplica(console, message);
  });
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== REPLICA_PORT || port === undefined) return;
    console.replica?.connect(port);
  });
  // Only a page hears of it; main tries the desk at once (S6).
  window.addEventListener('online', () => {
    void console.bridge.call('sync.now', {});
  });
  const connected = await console.bridge.call('replica.connect', {});
  if (!connected.ok) notify(console, 'error', agentWords(connected.error));
  const { selectedId } = console.state.getState();
  if (selectedId !== null) await loadTimeline(console, selectedId);
}

/** What was begun and not sent, in this run or an earlier one (S17). */
async function takeDrafts(console: Console): Promise<void> {
  const kept = await console.bridge.call('drafts.all', {});
  if (kept.ok) console.drafts.take(kept.value.drafts);
  else notify(console, 'error', `Your drafts could not be read. ${agentWords(kept.error)}`);
}

function takeStart(console: Console, start: ConsoleStart): void {
  console.clock.setOffset(start.status.offsetMs);
  console.state.setState({
    phase: 'ready',
    demo: start.demo,
    consoleId: start.consoleId,
    agent: start.agent,
    agents: start.agents,
    policy: start.policy === null ? null : compilePolicy(start.policy),
    status: start.status,
    commands: start.commands,
  });
  setContext(console);
  giveCommands(console, start.commands);
  console.queue.putRows(start.firstRows, console.clock.now());
  queueChanged(console);
  if (start.openTicketId === null) selectEnd(console, 'first');
  else openTicket(console, start.openTicketId);
  focusOn(console, 'list');
}

/** Takes in what main says unasked. */
export function listenToMain(console: Console): void {
  const { bridge, state } = console;
  bridge.on('sync.status', (status) => {
    takeStatus(console, status);
  });
  bridge.on('rows.first', ({ rows }) => {
    // Those that the replica brings later are as new or newer.
    console.queue.putRows(rows, console.clock.now());
    queueChanged(console);
  });
  bridge.on('commands.changed', (news) => {
    const commands = mergeCommands(state.getState().commands, news);
    state.setState({ commands });
    giveCommands(console, commands);
    queueChanged(console);
  });
  bridge.on('presence.changed', ({ presences }) => {
    state.setState({ presences });
  });
  bridge.on('drafts.flush', () => {
    void console.drafts.flush().then(() => bridge.call('drafts.flushed', {}));
  });
  bridge.on('policy.changed', (policy) => {
    // Main has it before the replica has its rows, which bring it along: only without a replica it is taken at once.
    if (state.getState().replicaSynced) return;
    takePolicy(console, policy);
    queueChanged(console);
  });
  bridge.on('agents.changed', ({ agent, agents }) => {
    state.setState({ agent, agents });
    setContext(console);
    giveCommands(console, state.getState().commands);
    queueChanged(console);
  });
  bridge.on('uploads.changed', ({ uploads }) => {
    state.setState({ uploads: Object.fromEntries(uploads.map((each) => [each.hash, each])) });
  });
  bridge.on('ticket.open', ({ ticketId }) => {
    openTicket(console, ticketId);
  });
  bridge.on('alert.changed', (alert) => {
    if (alert.state === 'shown')
      state.setState({ announcement: `Alert: ${alert.reference}, ${plainLine(alert.subject)}` });
    // Nothing came up on the desktop: the window is the only place left to say it. Notices are spoken, too.
    else if (alert.state === 'failed') notify(console, 'error', alertWords(alert), alert.ticketId);
  });
  bridge.on('console.notice', ({ text }) => {
    notify(console, 'error', plainLine(text));
  });
}

function alertWords({ reference, severity, subject }: AlertRecord): string {
  return `Alert: ${reference}, ${severityWords[severity]}: ${plainLine(subject)}`;
}

function takeStatus(console: Console, status: SyncStatus): void {
  const before = console.state.getState().status;
  console.state.setState({ status });
  if (before?.connection !== status.connection)
    console.state.setState({ announcement: spokenConnection(status) });
  if (!console.clock.setOffset(status.offsetMs)) return;
  // Desk time jumped: every band may be another one now.
  setContext(console);
  queueChanged(console);
  console.ticker.wake();
}

function spokenConnection(status: SyncStatus): string {
  switch (status.connection) {
    case 'online':
      return 'Online';
    case 'connecting':
      return 'Connecting to the desk';
    case 'offline':
    case 'paused':
      return 'Offline; your work is kept and goes out later';
    case 'signed-out':
      return 'The desk asks you to sign in again';
    case 'revoked':
      return 'Your sign-in was taken away';
    case 'stopped':
      return 'Syncing has stopped and needs you';
    default:
      return unreachable(status.connection);
  }
}

/** The commands that a view may apply: what the desk may still take, or took (S4). */
function giveCommands(console: Console, commands: readonly JournalledCommand[]): void {
  const { agents, agent } = console.state.getState();
  const known = new Map(agents.map((each) => [each.id, each]));
  const byTicket = new Map<string, PendingCommand[]>();
  for (const { command, state } of commands) {
    if (state !== 'queued' && state !== 'sent' && state !== 'accepted') continue;
    const list = byTicket.get(command.ticketId) ?? [];
    const author = known.get(command.agentId) ?? agent;
    const agentName = author?.name ?? command.agentId;
    list.push({ command, agentName, role: author?.role ?? 'agent' });
    byTicket.set(command.ticketId, list);
  }
  console.queue.setCommands(byTicket, console.clock.now());
}
