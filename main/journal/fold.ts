import { unreachable } from '../../shared/base/assert.ts';
import { DAY_MS } from '../../shared/base/time.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Command } from '../../shared/tickets/command.ts';
import { MAX_COMMANDS_PER_RECORD } from './records.ts';
import { restoredCommands } from './restored.ts';
import { shownOutcome, stripped, strippedRecords } from './stripped.ts';
import type { JournalState, KeptCommand } from './journal-state.ts';
import type { JournalRecord, NewRecord } from './records.ts';

export function foldRecord(state: JournalState, record: JournalRecord): void {
  // The first record of a file may have any number: a compacted file goes on counting.
  const isFirst = state.owner === null && state.commands.size === 0 && state.nextNumber === 0;
  if (!isFirst && record.n > state.nextNumber) {
    state.gaps.push([state.nextNumber, record.n - 1]);
    // Each lost record may have been a full one of commands: their `seq` must not be given again.
    state.lastSeq += (record.n - state.nextNumber) * MAX_COMMANDS_PER_RECORD;
  } else if (isFirst && record.kind !== 'header') {
    state.gaps.push([0, record.n - 1]);
  }
  state.nextNumber = Math.max(state.nextNumber, record.n + 1);
  change(state, record);
}

function change(state: JournalState, record: JournalRecord): void {
  switch (record.kind) {
    case 'header':
      state.owner = record.owner;
      state.lastSeq = Math.max(state.lastSeq, record.lastSeq);
      state.safe = record.safe ?? null;
      state.epoch = record.epoch ?? null;
      return;
    case 'command':
      addCommand(state, record.command);
      return;
    case 'commands':
      for (const command of record.commands) addCommand(state, command);
      return;
    case 'sent':
      update(state, record.commandId, (kept) => {
        state.lastSent.set(kept.command.ticketId, kept.command.id);
        const command = { ...kept.command, after: record.after };
        return { ...kept, command, sentAt: record.at };
      });
      return;
    case 'outcome':
      // An outcome never changes once given (S3).
      update(state, record.commandId, (kept) => ({
        ...kept,
        outcome: kept.outcome ?? shownOutcome(kept, record.outcome),
        noLedgerRow: kept.outcome === null ? record.noLedgerRow === true : kept.noLedgerRow,
      }));
      endDecided(state, record.commandId);
      return;
    case 'settled':
    case 'dismissed':
      update(state, record.commandId, (kept) => ({ ...kept, left: record.kind }));
      return;
    case 'withdrawn':
      state.commands.delete(record.commandId);
      return;
    case 'safe':
      state.safe = record.cursor;
      return;
    case 'life':
      state.epoch = record.epoch;
      return;
    case 'restored':
      state.epoch = record.epoch;
      state.safe = null;
      for (const [id, kept] of restoredCommands(state.commands, record.version))
        state.commands.set(id, kept);
      return;
    case 'stripped':
      for (const id of record.commandIds) update(state, id, stripped);
      return;
    default:
      return unreachable(record);
  }
}

function addCommand(state: JournalState, command: Command): void {
  state.lastSeq = Math.max(state.lastSeq, command.seq);
  const fresh = { sentAt: null, outcome: null, left: null, noLedgerRow: false, gone: false };
  const kept = { command, ...fresh };
  state.commands.set(command.id, kept);
}

/** An accepted decision ends the group it names (S3): those commands leave the conflicts view with it. */
function endDecided(state: JournalState, commandId: string): void {
  const decision = state.commands.get(commandId);
  if (decision?.command.action.kind !== 'decide') return;
  if (decision.outcome?.kind !== 'applied' && decision.outcome?.kind !== 'merged') return;
  for (const { id } of decision.command.action.held) {
    const held = state.commands.get(id);
    if (held?.left === null) state.commands.set(id, { ...held, left: 'dismissed' });
  }
}

function update(
  state: JournalState,
  commandId: string,
  changed: (kept: KeptCommand) => KeptCommand,
): void {
  const kept = state.commands.get(commandId);
  if (kept === undefined) state.lostCommandIds.add(commandId);
  else state.commands.set(commandId, changed(kept));
}

/** Without word of its backups, accepted commands are kept so long for a desk that is restored from one (S5). */
export const KEEP_ACCEPTED_MS = 30 * DAY_MS;

/** The records of a compacted file after its header. What is done is left out. */
export function liveRecords(state: JournalState, nowMs: number): NewRecord[] {
  const records: NewRecord[] = [];
  const gone: string[] = [];
  for (const kept of state.commands.values()) {
    if (isDone(kept, nowMs, state.safe)) continue;
    const commandId = kept.command.id;
    if (kept.gone) gone.push(commandId);
    records.push({ kind: 'command', command: kept.command });
    if (kept.sentAt !== null) records.push({ kind: 'sent', commandId, after: kept.command.after });
    if (kept.outcome !== null)
      records.push({
        kind: 'outcome',
        commandId,
        outcome: kept.outcome,
        ...(kept.noLedgerRow ? { noLedgerRow: true as const } : {}),
      });
    if (kept.left !== null) records.push({ kind: kept.left, commandId });
  }
  return [...records, ...strippedRecords(gone)];
}

/**
 * Nothing will ever ask for it again. A decision may name what the agent has dealt with, so held commands stay as
 * long as accepted ones: until the desk's backups hold their outcome.
 */
export function isDone(
  { left, outcome }: KeptCommand,
  nowMs: number,
  safe: Cursor | null,
): boolean {
  if (left === 'dismissed' && outcome?.kind !== 'held') return true;
  if (left === null || outcome === null) return false;
  return (
    (safe !== null && safe.version >= outcome.version) ||
    outcome.acceptedAt + KEEP_ACCEPTED_MS < nowMs
  );
}
