import type { Console } from './console.ts';
import type { TicketDrafts } from './console-state.ts';

const nothing: TicketDrafts = {};

export function draftsOf(
  drafts: Readonly<Record<string, TicketDrafts>>,
  ticketId: string,
): TicketDrafts {
  return drafts[ticketId] ?? nothing;
}

/** Keeps what the agent has begun. */
export function keepDraft(console: Console, ticketId: string, change: TicketDrafts): void {
  const { drafts } = console.state.getState();
  console.state.setState({
    drafts: { ...drafts, [ticketId]: { ...drafts[ticketId], ...change } },
  });
}

/** Forgets one draft: it was saved as a command, or thrown away. */
export function dropDraft(console: Console, ticketId: string, kind: keyof TicketDrafts): void {
  const { drafts } = console.state.getState();
  const { [kind]: _dropped, ...rest } = drafts[ticketId] ?? {};
  console.state.setState({ drafts: { ...drafts, [ticketId]: rest } });
}
