import { isDeepStrictEqual } from 'node:util';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import type { PushResponse } from '../../shared/protocol/push.ts';
import type { Command } from '../../shared/tickets/command.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import type { ConsoleHost } from './console-host.ts';
import type { World } from './world.ts';

/** O2: each console sends again all that it ever sent; nothing changes and each answer is what it was. */
export async function checkOutboxes(world: World): Promise<string[]> {
  const found: string[] = [];
  for (const console of world.consoles) {
    const { consoleId } = console.owner;
    const sent = [...world.pushed.values()].filter((each) => each.consoleId === consoleId);
    const ids = sent.map(({ id }) => id);
    const rows = await world.data.store().read((snapshot) => snapshot.ledger(ids));
    const ledger = new Map(rows.map((row) => [row.commandId, row.outcome]));
    // What a desk that was put back does not know, and the agent has seen to, is not sent again.
    const commands = sent.filter(({ id }) => ledger.has(id));
    if (commands.length === 0) continue;
    const before = world.data.history().counter;
    const answer = await pushAgain(world, console, commands);
    if (typeof answer === 'string') return [`O2 ${consoleId}: ${answer}`];
    for (const each of answer.answers)
      if (each.kind !== 'decided' || !isSame(each.outcome, ledger.get(each.commandId)))
        found.push(`O2 ${consoleId}: ${JSON.stringify(each)} is another answer`);
    if (world.data.history().counter.version !== before.version)
      found.push(`O2 ${consoleId}: sending all again changed the desk`);
  }
  return found;
}

/** Of a ticket that the agent may no longer see the desk keeps back what others did (S14). */
function isSame(answered: Outcome, given: Outcome | undefined): boolean {
  if (given === undefined) return false;
  return (
    isDeepStrictEqual(answered, given) ||
    (answered.kind === given.kind && answered.version === given.version && isStripped(answered))
  );
}

function isStripped(outcome: Outcome): boolean {
  if (outcome.kind === 'superseded') return outcome.standing === '';
  return outcome.kind === 'refused';
}

async function pushAgain(
  { desk, scheduler }: World,
  { owner, machine }: ConsoleHost,
  commands: readonly Command[],
): Promise<PushResponse | string> {
  const running = desk.running();
  if (running === null) return 'no desk runs';
  const { consoleId, deskId } = owner;
  const request = new Request('http://desk/v1/push', {
    method: 'POST',
    headers: { authorization: `Bearer ${machine.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ protocol: PROTOCOL_VERSION, consoleId, deskId, commands }),
  });
  let text: string | null = null;
  void running.serve(request).then(({ status, bytes }) => {
    text = status === 200 ? new TextDecoder().decode(bytes) : `answered ${status}`;
  });
  await scheduler.runUntil(scheduler.nowMs() + 1_000);
  if (text === null) return 'no answer';
  return (text as string).startsWith('{') ? (JSON.parse(text) as PushResponse) : text;
}
