import { createWriteStream } from 'node:fs';
import { demoAgents } from '../../../server/demo/demo-agents.ts';
import { demoTickets } from '../../../server/demo/demo-tickets.ts';
import { randomFrom } from '../../../server/demo/random.ts';

/** Writes the benches' corpus, a ticket with its timeline a line, as the peers of the first sync read it. */
export async function writeCorpus(path: string, count: number, nowMs: number): Promise<void> {
  const tickets = demoTickets({
    nowMs,
    random: randomFrom('bench'),
    count,
    agents: demoAgents(),
    corpus: 'bench',
    entriesPerTicket: 6,
  });
  const file = createWriteStream(path);
  for (const ticket of tickets) {
    const goesOn = file.write(`${JSON.stringify(ticket)}\n`);
    if (!goesOn) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve, reject) => {
    file.once('error', reject);
    file.end(() => resolve());
  });
}
