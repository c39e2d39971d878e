import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken, newToken } from '../../server/agents/tokens.ts';
import { demoAgents } from '../../server/demo/demo-agents.ts';
import { demoTickets } from '../../server/demo/demo-tickets.ts';
import { randomFrom } from '../../server/demo/random.ts';
import { startDesk } from '../../server/desk.ts';
import { listen } from '../../server/http/listen.ts';
import { importTickets } from '../../server/intake/import-tickets.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { thisMachine } from '../../server/surroundings.ts';

/** A desk in this process with the benches' corpus: open tickets, six entries of about 600 characters each. */
export async function benchDesk(
  count: number,
): Promise<{ env: Record<string, string>; end: () => Promise<void> }> {
  const around = thisMachine((line) => {
    console.error(line);
  });
  const desk = await startDesk(memoryStore({ deskId: 'bench', epoch: 'bench-1' }), around);
  const agents = demoAgents();
  const tickets = demoTickets({
    nowMs: around.nowMs(),
    random: randomFrom('bench'),
    count,
    agents,
    corpus: 'bench',
    entriesPerTicket: 6,
  });
  const imported = await importTickets(desk, { tickets, agents, demo: false });
  if (!imported.ok) throw new Error(imported.error.message);
  const token = newToken();
  await putAgent(
    desk,
    { id: 'bench-agent', name: 'Bench Agent', role: 'agent', teamIds: null },
    hashToken(token),
  );
  const listener = await listen(desk, { host: '127.0.0.1', port: 0 });
  return {
    env: { AGENT_CONSOLE_DESK_URL: listener.url, AGENT_CONSOLE_DESK_TOKEN: token },
    end: () => listener.close(),
  };
}
