import type { JournalOwner } from '../../main/journal/records.ts';
import type { ConsoleHost } from './console-host.ts';
import { cursorAheadOf } from './cursor-ahead.ts';
import type { DeskData } from './desk-data.ts';
import type { Saved } from './saved.ts';
import type { RunningWindow } from './window.ts';

/** Looks at one console whenever something durable changed or the page shows something else. */
export type Watcher = {
  written: (host: ConsoleHost) => void;
  shown: (host: ConsoleHost, window: RunningWindow) => void;
  /** A cache may hold less than it did: what it showed shows again when it comes again. */
  cacheLost: () => void;
};

export function watcher(parts: {
  owner: JournalOwner;
  data: DeskData;
  saved: Saved;
  broken: (what: string) => void;
}): Watcher {
  const { owner, data, saved, broken } = parts;
  /** Own accepted changes that the page has shown. */
  const shownOnce = new Set<string>();
  return {
    written: ({ machine }) => {
      const history = data.history();
      const ahead =
        cursorAheadOf(history, owner.agentId, {
          name: 'watch',
          cursor: machine.watch.now().meta.cursor,
          wanted: machine.watch.now().wanted,
          rows: machine.watch.now().rows,
          entries: null,
        }) ?? cursorAheadOf(history, owner.agentId, { name: 'replica', ...machine.replica.now() });
      if (ahead !== null) broken(`O5 ${owner.consoleId}: ${ahead}`);
    },
    shown: (host, { page }) => {
      const journal = host.main()?.journal.state.commands;
      if (!page.isRead() || journal === undefined) return;
      for (const { id, ticketId, seq } of saved.commands().values()) {
        const kept = journal.get(id);
        const row = page.rows().get(ticketId);
        if (kept === undefined || row === undefined) continue;
        const outcome = kept.outcome?.kind;
        const isAccepted = outcome === 'applied' || outcome === 'merged';
        if (outcome !== undefined && !isAccepted) {
          shownOnce.delete(id);
          continue;
        }
        const isShown = row.decidedSeq >= seq || isPendingIn(page.view(ticketId), id);
        if (isShown) shownOnce.add(id);
        else if (shownOnce.has(id) && isAccepted)
          broken(
            `S4 ${owner.consoleId}: ${id} was accepted and shown, and is gone from ${ticketId}`,
          );
      }
    },
    cacheLost: () => {
      shownOnce.clear();
    },
  };
}

/**
 * One that does not apply to the row that is here is marked and left out, but it is on screen: it was decided on a row
 * that is still to come.
 */
function isPendingIn(view: ReturnType<RunningWindow['page']['view']>, commandId: string): boolean {
  return view?.pending.some(({ id }) => id === commandId) ?? false;
}
