import type { Console } from './console.ts';

/**
 * Says something that the agent must not miss. The same words are not said twice at once. `ticketId` is the ticket
 * that it speaks of, which the notice then offers to open.
 */
export function notify(
  console: Console,
  tone: 'info' | 'error',
  text: string,
  ticketId: string | null = null,
): void {
  const { notices } = console.state.getState();
  if (notices.some((notice) => notice.text === text)) return;
  const id = (notices.at(-1)?.id ?? 0) + 1;
  console.state.setState({ notices: [...notices, { id, tone, text, ticketId }] });
}

export function dismissNotice(console: Console, id: number): void {
  const { notices } = console.state.getState();
  console.state.setState({ notices: notices.filter((notice) => notice.id !== id) });
}
