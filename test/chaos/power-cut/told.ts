import type { Journal } from '../../../main/journal/journal.ts';
import type { Command } from '../../../shared/tickets/command.ts';
import type { Outcome } from '../../../shared/tickets/outcome.ts';

/** What a journal has told those who called it, up to now. A power cut may take nothing of it back. */
export type Told = {
  /** It was opened once: it is never gone after that. */
  opened: boolean;
  readonly saved: Map<string, Command>;
  readonly withdrawn: Set<string>;
  readonly sent: Set<string>;
  readonly outcomes: Map<string, Outcome>;
  readonly settled: Set<string>;
  readonly dismissed: Set<string>;
  /** Texts that were told not to be saved. */
  readonly notSaved: Set<string>;
  /** Texts that were ever handed over, those on their way included. */
  readonly handedOver: Set<string>;
};

export function nothingTold(): Told {
  return {
    opened: false,
    saved: new Map(),
    withdrawn: new Set(),
    sent: new Set(),
    outcomes: new Map(),
    settled: new Set(),
    dismissed: new Set(),
    notSaved: new Set(),
    handedOver: new Set(),
  };
}

export function textOf({ action }: Pick<Command, 'action'>): string {
  return 'text' in action ? action.text : '';
}

/** What a journal that was opened after a cut says differently. */
export function takenBack(told: Told, { state }: Pick<Journal, 'state'>): string[] {
  const faults: string[] = [];
  for (const [id, command] of told.saved) {
    const kept = state.commands.get(id);
    if (told.withdrawn.has(id)) {
      if (kept !== undefined) faults.push(`withdrawn ${id} is back`);
      continue;
    }
    // What the agent dismissed may be left out of a file that is written anew.
    if (told.dismissed.has(id)) continue;
    if (kept === undefined) {
      faults.push(`saved ${id} is lost`);
      continue;
    }
    if (kept.command.seq !== command.seq || textOf(kept.command) !== textOf(command))
      faults.push(`saved ${id} is another one`);
    if (told.sent.has(id) && kept.sentAt === null) faults.push(`sent ${id} is not marked`);
    const outcome = told.outcomes.get(id);
    if (outcome !== undefined && kept.outcome?.version !== outcome.version)
      faults.push(`the outcome of ${id} is lost`);
    if (told.settled.has(id) && kept.left === null) faults.push(`settled ${id} is back`);
  }
  for (const { command } of state.commands.values()) {
    const text = textOf(command);
    if (!told.handedOver.has(text)) faults.push(`${command.id} was made by nobody`);
    if (told.notSaved.has(text)) faults.push(`${command.id} was told not to be saved, and is`);
  }
  return faults;
}
