import { isDeepStrictEqual } from 'node:util';
import type { KeptCommand } from '../../main/journal/journal-state.ts';
import { shownOutcome } from '../../main/journal/stripped.ts';
import type { LedgerRow } from '../../server/store/rows.ts';
import type { Command } from '../../shared/tickets/command.ts';
import type { World } from './world.ts';

/** O1: what was called saved is on the desk once, or waits, or is in the conflicts view; in its order. */
export async function checkSaved(world: World): Promise<string[]> {
  const { saved, data, pushed, consoles } = world;
  const ids = [...new Set([...saved.commands().keys(), ...pushed.keys()])];
  const rows = await data.store().read((snapshot) => snapshot.ledger(ids));
  const ledger = new Map(rows.map((row) => [row.commandId, row]));
  const journals = new Map(
    consoles.map(({ owner, main }) => [owner.consoleId, main()?.journal.state.commands]),
  );
  const decided = decidedOn([
    ...pushed.values(),
    ...[...journals.values()].flatMap((kept) =>
      [...(kept?.values() ?? [])].map((each) => each.command),
    ),
  ]);
  return [
    ...[...saved.commands().values()].flatMap((command) => {
      const kept = journals.get(command.consoleId)?.get(command.id);
      return whereIs({ saved, data, decided }, command, ledger.get(command.id), kept);
    }),
    ...[...pushed.values()]
      .filter((command) => saved.mustNotBe(command))
      .map(({ id, consoleId }) => `O1 ${consoleId} pushed ${id}, which it never called saved`),
    ...checkOrder([...saved.commands().values()], ledger),
  ];
}

type Known = Pick<World, 'saved' | 'data'> & {
  /** Held commands that a decision names. */
  decided: ReadonlySet<string>;
};

function decidedOn(commands: readonly Command[]): Set<string> {
  return new Set(
    commands.flatMap(({ action }) =>
      action.kind === 'decide' ? action.held.map(({ id }) => id) : [],
    ),
  );
}

function whereIs(
  known: Known,
  command: Command,
  row: LedgerRow | undefined,
  kept: KeptCommand | undefined,
): string[] {
  const { saved, data } = known;
  const name = `O1 ${command.consoleId}: ${command.action.kind} ${command.id}`;
  const withdrawn = saved.isWithdrawn(command.id);
  if (withdrawn === 'yes') return row === undefined ? [] : [`${name} was taken back and decided`];
  if (withdrawn === 'maybe' && row === undefined) return [];
  if (row === undefined) {
    if (isDealtWith(known, command, kept)) return [];
    return [`${name} is lost: ${kept === undefined ? 'nowhere' : 'here only'}`];
  }
  const found: string[] = [];
  const { kind } = row.outcome;
  const isEffective = kind === 'applied' || kind === 'merged';
  const entries = [...data.history().entries.values()].filter(
    (entry) => entry.commandId === command.id,
  );
  if (!isEffective && entries.length > 0) found.push(`${name} was ${kind} and has an effect`);
  if (isEffective && isAppended(command) && entries.length !== 1)
    found.push(`${name} was ${kind} and is there ${entries.length} times`);
  // Of a ticket that is no longer for them only their own words stay (S14).
  const shown = shownOutcome(kept, row.outcome);
  if (kept?.outcome && !isDeepStrictEqual(kept.outcome, shown))
    found.push(`${name} is ${row.outcome.kind} on the desk and ${kept.outcome.kind} here`);
  const isTold = kept !== undefined && kept.left !== 'settled';
  const isOver = saved.isDismissed(command.id) || row.resolution !== null;
  if (!isEffective && !isTold && !isOver) found.push(`${name} was ${kind}, and nobody is told`);
  if (kept?.left === 'dismissed' && !isOver && !isEffective)
    found.push(`${name} left the conflicts view by itself`);
  return found;
}

/**
 * A desk that was put back has no row of it, and need not: it is in the conflicts view, or was, and the agent has seen
 * to it.
 */
function isDealtWith(
  { saved, decided }: Known,
  command: Command,
  kept: KeptCommand | undefined,
): boolean {
  if (kept?.left === null) return kept.noLedgerRow && kept.outcome !== null;
  const isSeenTo =
    saved.isDismissed(command.id) || decided.has(command.id) || command.action.kind === 'decide';
  return isSeenTo && (kept === undefined || (kept.left === 'dismissed' && kept.noLedgerRow));
}

function isAppended({ action }: Command): boolean {
  return action.kind === 'reply' || action.kind === 'note' || action.kind === 'record-attempt';
}

/** S2: on each ticket the desk decided in the order of the journal. */
function checkOrder(
  commands: readonly Command[],
  ledger: ReadonlyMap<string, LedgerRow>,
): string[] {
  const last = new Map<string, LedgerRow>();
  return commands
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap((command) => {
      const row = ledger.get(command.id);
      if (row === undefined) return [];
      const place = `${command.consoleId} ${command.ticketId}`;
      const before = last.get(place);
      last.set(place, row);
      return before === undefined || before.outcome.version < row.outcome.version
        ? []
        : [`S2 ${place}: ${before.seq} was decided after ${row.seq}`];
    });
}
