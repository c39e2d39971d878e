import { err, ok } from '../shared/base/result.ts';
import type { Result } from '../shared/base/result.ts';
import { demoAgents } from './demo/demo-agents.ts';
import { nextDemoEvent } from './demo/demo-activity.ts';
import { demoTickets } from './demo/demo-tickets.ts';
import type { Desk } from './desk.ts';
import { importTickets } from './intake/import-tickets.ts';
import type { Imported, ImportFault } from './intake/import-tickets.ts';
import { takeMessage, takeSubmission } from './intake/intake.ts';
import { IMPORTED_ID } from './log-import/ticket-id.ts';
import { every } from './keep-going.ts';

const DEMO_EVERY_MS = 60_000;
/** Open tickets that a demo customer may write on. */
const DEMO_OPEN_HEADS = 200;

/** Has nothing ever been on this desk but its policy? */
export async function isUnused(desk: Desk): Promise<boolean> {
  return desk.store.read(
    async (snapshot) =>
      (await snapshot.countTickets()) === 0 && (await snapshot.agents()).length === 0,
  );
}

/** Fills a desk without tickets with invented ones, relative to now, and marks it as a demo. */
export async function fillWithDemo(
  desk: Desk,
  options: { count: number; random: () => number },
): Promise<Result<Imported, ImportFault | { kind: 'not-empty'; message: string }>> {
  const present = await desk.store.read((snapshot) => snapshot.countTickets());
  if (present > 0)
    return err({ kind: 'not-empty', message: `this desk holds ${present} tickets already` });
  const agents = demoAgents();
  const tickets = demoTickets({ ...options, nowMs: desk.around.nowMs(), agents });
  const imported = await importTickets(desk, { tickets, agents, demo: true });
  return imported.ok ? ok(imported.value) : imported;
}

/** Lets something happen on a demo desk every so often, until what it returns is called. */
export function runDemo(
  desk: Desk,
  random: () => number,
  everyMs = DEMO_EVERY_MS,
): () => Promise<void> {
  let isFirst = true;
  return every(desk, everyMs, async () => {
    // The first look is at a desk that just opened: nothing happens on it yet.
    if (isFirst) {
      isFirst = false;
      return;
    }
    const newest = await desk.store.read((snapshot) => snapshot.openHeads(DEMO_OPEN_HEADS));
    // An imported ticket has a real customer: nobody writes in their name.
    const openHeads = newest.filter((head) => !head.id.startsWith(IMPORTED_ID));
    const event = nextDemoEvent({ nowMs: desk.around.nowMs(), random, openHeads });
    const taken =
      event.kind === 'submit'
        ? await takeSubmission(desk, event.submission)
        : await takeMessage(desk, event.ticketId, event.message);
    if (!taken.ok) desk.around.log(`demo: ${taken.error.message}`);
  });
}
