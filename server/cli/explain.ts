import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { Desk } from '../desk.ts';
import type { TicketWithEntries } from '../sync/read-ticket.ts';
import { explainTicket } from './explain-ticket.ts';
import type { DeskChoice } from './open-desk.ts';
import { readInstant } from './read-instant.ts';
import type { Terminal } from './terminal.ts';
import { withTicket } from './with-ticket.ts';

export type ExplainOptions = DeskChoice & { at?: string };

/** Prints a ticket's clocks with the reason for each due, for a person. */
export function explain(
  reference: string,
  options: ExplainOptions,
  terminal: Terminal,
): Promise<number> {
  return withTicket(reference, options, terminal, (desk, ticket) =>
    explainOn(desk, ticket, options, terminal),
  );
}

export async function explainOn(
  desk: Desk,
  { head }: TicketWithEntries,
  options: Pick<ExplainOptions, 'at'>,
  terminal: Terminal,
): Promise<number> {
  const { stored, agents } = await desk.store.read(async (snapshot) => ({
    stored: await snapshot.policy(),
    agents: await snapshot.agents(),
  }));
  if (stored === null) {
    terminal.err('the desk has no support rules yet');
    return 1;
  }
  const now = desk.around.nowMs();
  const at =
    options.at === undefined
      ? ({ ok: true, value: now } as const)
      : readInstant(options.at, stored.document.timeZone);
  if (!at.ok) {
    terminal.err(`--at: ${at.error}`);
    return 1;
  }
  if (at.value < head.submittedAt) {
    terminal.err(
      `--at: ${head.reference} came in only at ${new Date(head.submittedAt).toISOString()}`,
    );
    return 1;
  }
  const names = new Map(agents.map(({ agent }) => [agent.id, agent.name]));
  for (const line of explainTicket(head, compilePolicy(stored), { at: at.value, names }))
    terminal.out(line);
  return 0;
}
