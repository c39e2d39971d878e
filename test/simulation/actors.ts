import {
  discard,
  draftCommand,
  heldGroups,
  sendAnyway,
  stillToJoin,
} from '../../renderer/store/draft-command.ts';
import { dismiss } from '../../main/journal/dismiss.ts';
import { severities } from '../../shared/policy/severity.ts';
import type { Action, CommandDraft } from '../../shared/tickets/command.ts';
import { anyAction } from './any-action.ts';
import type { ConsoleHost } from './console-host.ts';
import type { Prng } from './prng.ts';
import type { Saved } from './saved.ts';

/** Where an agent sits. */
export type Seat = { console: ConsoleHost; saved: Saved; agentIds: readonly string[] };

/** An agent does something to a ticket that they see, on what they see. */
export function act({ console, saved, agentIds }: Seat, random: Prng, roll: string): void {
  const page = console.window()?.page;
  if (page === undefined) return;
  const ids = [...page.rows().keys()].toSorted();
  if (ids.length === 0) return;
  const ticketId = random.pick(ids);
  const view = page.view(ticketId);
  if (view === null) return;
  const actions: Action[] = [];
  let shown = view.shown;
  for (let n = random.chance(0.15) ? 2 : 1; n > 0; n -= 1) {
    const text = `<${ticketId}:${console.owner.agentId}> ${roll}.${n}`;
    actions.push(anyAction(shown, random, text, agentIds));
    shown = view.accepted;
  }
  const seen = seenOf(console, ticketId, random);
  const drafts = actions.map((action) => draftCommand(view.accepted, seen, action));
  submit({ console, saved, agentIds }, drafts);
}

/** An agent deals with what waits in the conflicts view. */
export function tidy(seat: Seat, random: Prng): void {
  const { console } = seat;
  const page = console.window()?.page;
  if (page === undefined) return;
  const commands = page.commands();
  const groups = [...heldGroups(commands)].filter(([id]) => stillToJoin(commands, id) === 0);
  const others = commands.filter(({ state }) => state === 'superseded' || state === 'refused');
  const isGroup = groups.length > 0 && (others.length === 0 || random.chance(0.7));
  if (isGroup) {
    const [ticketId, group] = random.pick(groups);
    const row = page.rows().get(ticketId);
    const base = row?.head ?? { id: ticketId, version: 0 };
    const seen = seenOf(console, ticketId, random);
    const actions = random.chance(0.6) ? sendAnyway(group) : discard(group);
    submit(
      seat,
      actions.map((action) => draftCommand(base, seen, action)),
    );
  } else {
    const conflicts = commands.filter(
      ({ state }) => state === 'held' || state === 'superseded' || state === 'refused',
    );
    if (conflicts.length > 0) dismissOne(seat, random.pick(conflicts).command.id);
  }
}

/** As the conflicts view does: a held change takes its whole group with it. */
function dismissOne({ console, saved }: Seat, commandId: string): void {
  const main = console.main();
  if (main === null) return;
  // A process that ends now may have done it.
  saved.dismissed(commandId);
  void dismiss(main.journal, commandId).then(() => {
    main.tellCommands();
    if (main.sync.status().connection === 'online') main.sync.wake();
  });
}

/** The agent takes back what has not gone yet (S17). */
export function takeBack({ console, saved }: Seat, random: Prng): void {
  const main = console.main();
  const commands = console.window()?.page.commands() ?? [];
  const queued = commands.filter(({ state }) => state === 'queued');
  if (main === null || queued.length === 0) return;
  const { id } = random.pick(queued).command;
  saved.withdrawn(id, false);
  void main.journal.withdraw(id).then((done) => {
    if (!main.process.isAlive()) return;
    if (done.ok && done.value) saved.withdrawn(id, true);
    else if (done.ok) saved.stays(id);
    main.tellCommands();
  });
}

/** The agent undoes a change of theirs by its opposite (S17). */
export function undo(seat: Seat, random: Prng, roll: string): void {
  const { console, saved } = seat;
  const page = console.window()?.page;
  if (page === undefined) return;
  const own = [...saved.commands().values()].filter(
    ({ consoleId, action, ticketId }) =>
      consoleId === console.owner.consoleId &&
      page.rows().has(ticketId) &&
      (action.kind === 'set-severity' || action.kind === 'assign' || action.kind === 'resolve'),
  );
  if (own.length === 0) return;
  const { id, ticketId, action } = random.pick(own);
  const row = page.rows().get(ticketId);
  if (row === undefined) return;
  const text = `<${ticketId}:${console.owner.agentId}> ${roll}`;
  const drafts = [opposite(action.kind, seat, random, text)].map((back) =>
    draftCommand(row.head, seenOf(console, ticketId, random), back, id),
  );
  submit(seat, drafts);
}

function opposite(kind: Action['kind'], { agentIds }: Seat, random: Prng, reason: string): Action {
  if (kind === 'resolve') return { kind: 'reopen' };
  if (kind === 'assign')
    return { kind, assignee: random.chance(0.5) ? null : random.pick(agentIds) };
  return { kind: 'set-severity', severity: random.pick(severities), reason };
}

/** As main/bridge-handlers.ts does with what a page hands over. */
function submit({ console, saved }: Seat, drafts: readonly CommandDraft[]): void {
  const main = console.main();
  if (main === null) return;
  const asked = saved.ask(console.owner.consoleId, drafts);
  main.process.timers.after(1, () => {
    void main.journal.submit(drafts).then((done) => {
      if (!main.process.isAlive()) return;
      if (done.ok) asked.saved(done.value);
      else asked.failed();
      main.tellCommands();
      if (main.sync.status().connection === 'online') main.sync.wake();
    });
  });
}

/** The newest message that the agent has in sight; sometimes they read only the beginning. */
function seenOf({ machine }: ConsoleHost, ticketId: string, random: Prng): number {
  const versions = [...machine.replica.now().entries.values()]
    .filter((entry) => entry.ticketId === ticketId && entry.body.kind === 'message')
    .map((entry) => entry.version)
    .toSorted((a, b) => a - b);
  const read = random.chance(0.15) ? versions.slice(0, -1) : versions;
  return read.at(-1) ?? 0;
}
