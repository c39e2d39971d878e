import { DEMO_TICKETS, fillWithDemo } from '../demo-desk.ts';
import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import { randomFrom } from '../demo/random.ts';
import type { Terminal } from './terminal.ts';

export type DemoOptions = DeskChoice & { tickets?: number; seed: number };

/** Fills an empty desk with invented tickets. */
export function fillDemo(options: DemoOptions, terminal: Terminal): Promise<number> {
  return withDesk(options, terminal, async (desk) => {
    const random = randomFrom(`demo ${options.seed}`);
    const filled = await fillWithDemo(desk, { count: options.tickets ?? DEMO_TICKETS, random });
    if (!filled.ok) {
      terminal.err(`nothing was added: ${filled.error.message}`);
      return 1;
    }
    const { tickets, agents } = filled.value;
    terminal.out(`Added ${tickets} demo tickets and ${agents} agents.`);
    return 0;
  });
}
