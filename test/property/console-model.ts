import { foldRecord } from '../../main/journal/fold.ts';
import { emptyJournal } from '../../main/journal/journal-state.ts';
import type { JournalState } from '../../main/journal/journal-state.ts';
import { selectForPush, settledBy } from '../../main/journal/pending.ts';
import type { NewRecord } from '../../main/journal/records.ts';
import { outcomesOf } from '../../main/sync/push-answers.ts';
import { parsePage } from '../../renderer/replica/parse-page.ts';
import {
  emptyReplicaMemory,
  memoryReplicaStore,
} from '../../renderer/replica/memory-replica-store.ts';
import { readTimeline } from '../../renderer/replica/read-timeline.ts';
import { storePage } from '../../renderer/replica/store-page.ts';
import { invariant } from '../../shared/base/assert.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { PushAnswer } from '../../shared/protocol/push.ts';
import { viewTicket } from '../../shared/tickets/view.ts';
import type { TicketRow, TicketView } from '../../shared/tickets/view.ts';
import type { Action, Command } from '../../shared/tickets/command.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { Desk } from '../../server/desk.ts';
import { readCommands } from '../../server/sync/parse-commands.ts';
import { pullPage } from '../../server/sync/pull.ts';
import { openHeld, storedRows } from '../helpers/held-replica.ts';

/** A console of real parts (journal fold, selection, replica) without its process, disk and network. */
export type ConsoleModel = {
  readonly agent: Agent;
  act: (ticketId: string, action: Action, at: number) => Promise<Command | null>;
  /** Sends what may go; `answerLost` is a connection that died after the desk had committed. */
  push: (at: number, max: number, answerLost: boolean) => Promise<void>;
  pull: (limit: number) => Promise<boolean>;
  waiting: () => number;
  journal: () => JournalState;
  rows: () => Promise<TicketRow[]>;
  timeline: (ticketId: string) => Promise<Entry[]>;
  view: (row: TicketRow) => TicketView;
  /** Pushes everything it ever made once more, as a console restored from an old disk would. */
  pushAllAgain: () => Promise<PushAnswer[]>;
};

export async function consoleModel(
  desk: Desk,
  agent: Agent,
  consoleId: string,
  newId: () => string,
): Promise<ConsoleModel> {
  const store = memoryReplicaStore(emptyReplicaMemory());
  const held = await openHeld(store);
  const journal = emptyJournal();
  const deskId = desk.known().deskId;
  const record = (entry: NewRecord, at = 0) => {
    foldRecord(journal, { ...entry, n: journal.nextNumber, at });
  };
  record({ kind: 'header', owner: { deskId, agentId: agent.id, consoleId }, lastSeq: 0 });

  const send = (commands: readonly Command[]) =>
    desk.push({ agent, consoleId, commands: readCommands(commands, agent.id, consoleId) });

  const settle = () => {
    const version = held.state.cursor?.version ?? 0;
    for (const commandId of settledBy(journal, version, version))
      record({ kind: 'settled', commandId });
  };

  return {
    agent,
    act: async (ticketId, action, at) => {
      const row = (await storedRows(store)).find(({ head }) => head.id === ticketId);
      if (row === undefined) return null;
      const { entries } = await readTimeline(held, new Map(), ticketId);
      const messages = entries.filter((entry) => entry.body.kind === 'message');
      const made: Command = {
        id: newId(),
        agentId: agent.id,
        consoleId,
        seq: journal.lastSeq + 1,
        after: null,
        ticketId,
        baseVersion: row.head.version,
        threadSeen: Math.max(0, ...messages.map((entry) => entry.version)),
        writtenAt: at,
        notBefore: null,
        undoes: null,
        afterRestore: false,
        action,
      };
      record({ kind: 'command', command: made }, at);
      return made;
    },
    push: async (at, max, answerLost) => {
      const { commands, unmarked } = selectForPush(journal, at, max);
      if (commands.length === 0) return;
      for (const mark of unmarked) record({ kind: 'sent', ...mark }, at);
      const answers = await send(commands);
      if (answerLost) return;
      const { version } = desk.known();
      const { outcomes } = outcomesOf(answers, commands, { version, now: at });
      for (const outcome of outcomes) record({ kind: 'outcome', ...outcome }, at);
      settle();
    },
    pull: async (limit) => {
      // From the desk's very beginning, so that pages carry all: fetching by id is another test's.
      const { epoch } = desk.known();
      const cursor = held.state.cursor ?? { epoch, version: 0, mark: '0'.repeat(16) };
      const bytes = await pullPage(
        desk.store,
        { protocol: PROTOCOL_VERSION, consoleId, cursor, limit, atLeast: 0 },
        agent.id,
        null,
        0,
      );
      invariant(bytes.ok, 'the desk knows its own cursor');
      const page = parsePage(bytes.value);
      invariant(page.ok, 'the desk sends readable pages');
      const stored = await storePage(held, page.value, false);
      invariant(stored.ok, 'pages follow each other');
      settle();
      return page.value.envelope.more;
    },
    waiting: () => [...journal.commands.values()].filter((kept) => kept.outcome === null).length,
    journal: () => journal,
    rows: () => storedRows(store),
    timeline: async (ticketId) => (await readTimeline(held, new Map(), ticketId)).entries,
    view: (row) =>
      viewTicket(
        row,
        [...journal.commands.values()]
          .filter(
            ({ left, outcome }) =>
              left === null &&
              (outcome === null || outcome.kind === 'applied' || outcome.kind === 'merged'),
          )
          .map(({ command }) => ({ command, agentName: agent.name, role: 'agent' as const })),
      ),
    pushAllAgain: () => send([...journal.commands.values()].map((kept) => kept.command)),
  };
}
