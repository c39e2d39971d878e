import type { Console } from './console.ts';
import type { Page, View } from './console-state.ts';
import { focusOn } from './focus.ts';
import { showQueue } from './show-queue.ts';
import { visitTicket } from './visit-ticket.ts';

/** The ids of the list in order. */
export function listedIds(console: Console): string[] {
  return console.state
    .getState()
    .lines.flatMap((line) => (line.kind === 'ticket' ? [line.id] : []));
}

export function selectTicket(console: Console, ticketId: string): void {
  const { state } = console;
  const { selectedId, panel } = state.getState();
  if (selectedId === ticketId) return;
  const index = listedIds(console).indexOf(ticketId);
  leave(console);
  state.setState({
    selectedId: ticketId,
    goneId: null,
    selectedIndex: Math.max(0, index),
    timeline: { ticketId, entries: null, failed: false },
    seen: { ticketId, version: 0 },
    // What was begun is in the drafts; the panel belongs to the ticket it was opened on.
    panel: panel === null || panel.kind === 'keys' ? panel : null,
  });
  void loadTimeline(console, ticketId);
}

/** A ticket that is not kept here leaves with the one who looked at it (S15). */
function leave({ state, queue }: Console): void {
  const { visitedId } = state.getState();
  if (visitedId === null) return;
  queue.remove([visitedId]);
  state.setState({ visitedId: null });
}

/** From a ticket that is gone to the one that stands in its place now, if there is one (S14). */
export function leaveGone(console: Console): void {
  const { state } = console;
  moveSelection(console, 1);
  if (state.getState().goneId !== null)
    state.setState({ selectedId: null, goneId: null, timeline: null, seen: null });
  state.setState({ pane: 'queue' });
  focusOn(console, 'list');
}

/** Moves by so many places. A ticket that left the list leaves its place behind to move from. */
export function moveSelection(console: Console, by: number): void {
  const ids = listedIds(console);
  if (ids.length === 0) return;
  const { selectedId, selectedIndex } = console.state.getState();
  const index = selectedId === null ? -1 : ids.indexOf(selectedId);
  // What stood below has moved up into the empty place, so one step down is that place itself.
  const from = index === -1 ? selectedIndex - (by > 0 ? 1 : 0) : index;
  const to = Math.min(ids.length - 1, Math.max(0, from + by));
  const id = ids[to];
  if (id !== undefined) selectTicket(console, id);
}

export function selectEnd(console: Console, end: 'first' | 'last'): void {
  const ids = listedIds(console);
  const id = end === 'first' ? ids[0] : ids.at(-1);
  if (id !== undefined) selectTicket(console, id);
}

export function setView(console: Console, view: View): void {
  console.state.setState({ view, page: null, search: '', pane: 'queue' });
  showQueue(console);
}

/** What waits for the agent, with the keyboard on the first of it (S3). */
export function showConflicts(console: Console): void {
  setView(console, 'conflicts');
  focusOn(console, 'list');
}

/** Shows a page in the place of queue and ticket; what was begun on the ticket is in its drafts. */
export function openPage(console: Console, page: Page): void {
  console.state.setState({ page, panel: null });
  focusOn(console, 'page');
}

/** Back to the queue and ticket that stood there before. */
export function leavePage(console: Console): void {
  console.state.setState({ page: null });
  focusOn(console, 'list');
}

export function setSearch(console: Console, search: string): void {
  console.state.setState({ search });
  showQueue(console);
}

/** Shows a ticket whatever the view: a click on a notification asks for it (A6). */
export function openTicket(console: Console, ticketId: string): void {
  selectTicket(console, ticketId);
  console.state.setState({ page: null, pane: 'ticket' });
}

/** Reads a ticket's entries anew; an answer for a ticket no longer selected is dropped. */
export async function loadTimeline(console: Console, ticketId: string): Promise<void> {
  const { replica, state } = console;
  if (replica === null) return;
  replica.follow(ticketId);
  const { entries, isWhole } = await replica.timeline(ticketId);
  const { selectedId, timeline, goneId } = state.getState();
  if (selectedId !== ticketId || goneId === ticketId) return;
  const before = timeline?.ticketId === ticketId ? timeline.entries : null;
  if (!isWhole && entries !== null) {
    await visitTicket(console, ticketId, entries);
    return;
  }
  // What was read before is better than nothing.
  state.setState({
    timeline: { ticketId, entries: entries ?? before, failed: entries === null },
  });
}
