import { isDeepStrictEqual } from 'node:util';
import type { TicketRow } from '../../shared/tickets/view.ts';
import type { ConsoleHost } from './console-host.ts';
import { agentAt, keeps } from './cursor-ahead.ts';
import { checkOutboxes } from './check-outbox.ts';
import { checkSaved } from './check-saved.ts';
import { foreignText } from './foreign-text.ts';
import type { World } from './world.ts';

/** O1 to O6, when nothing bad has happened for a while. The list is empty where all is well. */
export async function checkAtRest(world: World): Promise<string[]> {
  const found = world.consoles.flatMap((console) => checkDrained(world, console));
  if (found.length > 0) return found;
  found.push(...(await checkSaved(world)));
  for (const console of world.consoles) found.push(...checkCaches(world, console));
  found.push(...(await checkOutboxes(world)));
  return found;
}

/** O6: nothing waits, and both caches stand at the head. */
function checkDrained({ data }: World, console: ConsoleHost): string[] {
  const { consoleId } = console.owner;
  const main = console.main();
  if (main === null) return [`O6 ${consoleId} does not run`];
  const { version, mark } = data.history().counter;
  const waiting = [...main.journal.state.commands.values()].filter(
    ({ outcome, left }) => outcome === null && left === null,
  );
  const { connection, reason } = main.sync.status();
  const at = [
    ['watch', console.machine.watch.now().meta.cursor] as const,
    ['replica', console.machine.replica.now().cursor] as const,
  ];
  return [
    ...(connection === 'online' ? [] : [`O6 ${consoleId} is ${connection}: ${reason ?? ''}`]),
    ...waiting.map(({ command }) => `O6 ${consoleId} still has ${command.id} waiting`),
    ...at
      .filter(([, cursor]) => cursor?.version !== version || cursor.mark !== mark)
      .map(
        ([name, cursor]) =>
          `O6 ${consoleId}: ${name} stands at ${cursor?.version ?? 'nothing'} of ${version}`,
      ),
  ];
}

/** O3 and O4: each cache is the desk's answer under that agent's rights, and holds nothing else. */
function checkCaches({ data }: World, console: ConsoleHost): string[] {
  const { machine, owner } = console;
  const history = data.history();
  const agent = agentAt(history, owner.agentId, history.counter.version);
  if (agent === null) return [`O3 ${owner.agentId} is not on the desk`];
  const heads = [...history.heads.values()].flatMap((known) => known.at(-1) ?? []);
  const replica = machine.replica.now();
  const compare = (name: 'watch' | 'replica', rows: ReadonlyMap<string, TicketRow>): string[] => {
    const due = heads.filter((head) => keeps(name, agent, head));
    const dueIds = new Set(due.map(({ id }) => id));
    return [
      ...due
        .filter((head) => !isDeepStrictEqual(rows.get(head.id)?.head, head))
        .map((head) => {
          const row = rows.get(head.id);
          const has = row === undefined ? 'nothing' : `another one of ${row.head.version}`;
          return `O3 ${owner.consoleId}: ${name} has ${has} for ${head.id} of ${head.version}`;
        }),
      ...[...rows.keys()]
        .filter((id) => !dueIds.has(id))
        .map((id) => `O3 ${owner.consoleId}: ${name} has ${id}, which it must not`),
    ];
  };
  const seen = new Set(heads.filter((head) => keeps('replica', agent, head)).map(({ id }) => id));
  const entries = [...history.entries.values()].filter(({ ticketId }) => seen.has(ticketId));
  const policyVersion = history.counter.policyVersion;
  return [
    ...compare('watch', machine.watch.now().rows),
    ...compare('replica', replica.rows),
    ...entries
      .filter((entry) => !isDeepStrictEqual(replica.entries.get(entry.id), entry))
      .map((entry) => `O3 ${owner.consoleId}: replica lacks entry ${entry.id}`),
    ...(replica.entries.size > entries.length
      ? [`O3 ${owner.consoleId}: replica has ${replica.entries.size} entries of ${entries.length}`]
      : []),
    ...[machine.watch.now().meta, replica]
      .filter(({ policy }) => policy?.version !== policyVersion)
      .map(() => `O3 ${owner.consoleId} has another policy than ${policyVersion}`),
    ...[machine.watch.now().meta, replica]
      .filter(({ agents }) => !agents.some((each) => isDeepStrictEqual(each, agent)))
      .map(() => `O3 ${owner.consoleId} has other rights for ${agent.id}`),
    ...foreignText(console, history, seen),
  ];
}
