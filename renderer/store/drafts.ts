import type { Attachment } from '../../shared/tickets/attachment.ts';
import type { Console } from './console.ts';
import type { FileDraft, TicketDrafts } from './console-state.ts';

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

/** Forgets one draft with its files: it was saved as a command, or thrown away. */
export function dropDraft(console: Console, ticketId: string, kind: keyof TicketDrafts): void {
  const { drafts } = console.state.getState();
  const { [kind]: _dropped, files, ...rest } = drafts[ticketId] ?? {};
  const { [kind as FileDraft]: _files, ...otherFiles } = files ?? {};
  console.state.setState({ drafts: { ...drafts, [ticketId]: { ...rest, files: otherFiles } } });
}

const noFiles: readonly Attachment[] = [];

/** Files that go with a draft (S16). */
export function draftFiles(
  drafts: Readonly<Record<string, TicketDrafts>>,
  ticketId: string,
  kind: FileDraft,
): readonly Attachment[] {
  return drafts[ticketId]?.files?.[kind] ?? noFiles;
}
