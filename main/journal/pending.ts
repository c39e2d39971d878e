import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { Command } from '../../shared/tickets/command.ts';
import { isTooEarly } from '../../shared/tickets/not-before.ts';
import type { JournalState, KeptCommand } from './journal-state.ts';

/** What the journal's state means for screens and for sync; pure. */

export function isPending(kept: KeptCommand): boolean {
  return kept.outcome === null && kept.left === null;
}

/** Every command that screens still show, in journal order. */
export function shownCommands(state: JournalState): JournalledCommand[] {
  return [...state.commands.values()].filter(isShown).map(shownCommand);
}

export function isShown(kept: KeptCommand): boolean {
  return kept.left === null;
}

export function shownCommand(kept: KeptCommand): JournalledCommand {
  return {
    command: kept.command,
    state: stateOf(kept),
    outcome: kept.outcome,
    ticketGone: kept.gone,
  };
}

function stateOf(kept: KeptCommand): JournalledCommand['state'] {
  if (kept.outcome === null) return kept.sentAt === null ? 'queued' : 'sent';
  const { kind } = kept.outcome;
  return kind === 'applied' || kind === 'merged' ? 'accepted' : kind;
}

/** What the status bar counts. */
export function countCommands(state: JournalState): { waiting: number; conflicts: number } {
  let waiting = 0;
  let conflicts = 0;
  for (const kept of state.commands.values()) {
    if (kept.left !== null) continue;
    if (kept.outcome === null) waiting += 1;
    else if (kept.outcome.kind !== 'applied' && kept.outcome.kind !== 'merged') conflicts += 1;
  }
  return { waiting, conflicts };
}

export type ToPush = {
  /** In journal order, `after` fixed. */
  commands: Command[];
  /** Those of them that are still to be marked sent. */
  unmarked: { commandId: string; after: string | null }[];
  /** The next instant at which one that waits may go; null where none waits. */
  nextAt: number | null;
  /** There is more than one push may carry. */
  more: boolean;
};

/** One push carries about so much, whatever the number of its commands; a larger single one goes alone. */
export const MAX_PUSH_BYTES = 4_000_000;

/**
 * How long a command still waits, ms, by the clock that it was written with. That may have been set back since: nobody
 * waits longer than was promised.
 */
export function waitMs(command: Command, nowMs: number): number {
  return isTooEarly(command, nowMs) ? (command.notBefore ?? nowMs) - nowMs : 0;
}

/**
 * What may go to the desk now (S2). A command that still waits (`waits`, ms), or that `keepsBack` names, keeps back the
 * later ones on its ticket; other tickets do not wait.
 */
export function selectForPush(
  state: JournalState,
  nowMs: number,
  max: number,
  keepsBack: (kept: KeptCommand) => boolean = () => false,
  waits: (command: Command) => number = (command) => waitMs(command, nowMs),
): ToPush {
  const lastSent = new Map(state.lastSent);
  const keptBack = new Set<string>();
  const chosen: ToPush = { commands: [], unmarked: [], nextAt: null, more: false };
  let bytes = 0;
  for (const kept of state.commands.values()) {
    if (!isPending(kept)) continue;
    const { command } = kept;
    const early = waits(command);
    if (early > 0 || keptBack.has(command.ticketId) || keepsBack(kept)) {
      keptBack.add(command.ticketId);
      if (early > 0) chosen.nextAt = Math.min(chosen.nextAt ?? Infinity, nowMs + early);
      continue;
    }
    bytes += Buffer.byteLength(JSON.stringify(command));
    const isFull = chosen.commands.length === max || bytes > MAX_PUSH_BYTES;
    if (isFull && chosen.commands.length > 0) {
      chosen.more = true;
      break;
    }
    if (kept.sentAt !== null) {
      chosen.commands.push({ ...command, after: knownToDesk(state, command, command.after) });
      continue;
    }
    const after = knownToDesk(state, command, lastSent.get(command.ticketId) ?? null);
    lastSent.set(command.ticketId, command.id);
    chosen.unmarked.push({ commandId: command.id, after });
    chosen.commands.push({ ...command, after });
  }
  return chosen;
}

/**
 * What a command comes after, or the last one before that where the desk will never have it: one that is lost
 * here, or that the desk could not read. Otherwise the desk would say `not-yet` for ever.
 */
function knownToDesk(state: JournalState, command: Command, after: string | null): string | null {
  if (after === null || state.commands.get(after)?.noLedgerRow === false) return after;
  let known: KeptCommand | null = null;
  for (const kept of state.commands.values()) {
    if (kept.command.ticketId !== command.ticketId || kept.command.seq >= command.seq) continue;
    if (kept.sentAt === null || kept.noLedgerRow) continue;
    if (known === null || kept.command.seq > known.command.seq) known = kept;
  }
  return known?.command.id ?? null;
}

/**
 * Accepted commands that both caches hold, by the versions their cursors stand at (S4): they have such a row, or the
 * ticket is gone. One whose row is still to be fetched waits for it.
 */
export function settledBy(
  state: JournalState,
  watchVersion: number,
  replicaVersion: number,
  isWanted: (ticketId: string) => boolean = () => false,
): string[] {
  const version = Math.min(watchVersion, replicaVersion);
  return [...state.commands.values()]
    .filter(
      ({ command, left, outcome }) =>
        left === null &&
        !isWanted(command.ticketId) &&
        outcome !== null &&
        (outcome.kind === 'applied' || outcome.kind === 'merged') &&
        outcome.version <= version,
    )
    .map((kept) => kept.command.id);
}
