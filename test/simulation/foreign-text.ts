import type { ConsoleHost } from './console-host.ts';
import type { DeskHistory } from './desk-data.ts';

/** Every text names its ticket and its author: `<ticket:author>`. */
const marks = /<([\w-]+):([\w-]+)>/g;

/**
 * O4: texts of tickets that the agent may not see, found among the bytes of the console's disk. What the agent wrote
 * themselves may stay.
 */
export function foreignText(
  { machine, owner }: ConsoleHost,
  _history: DeskHistory,
  seen: ReadonlySet<string>,
): string[] {
  const watch = machine.watch.now();
  const replica = machine.replica.now();
  const text = new TextDecoder();
  const places = [
    ...machine.disk
      .names()
      .map((name) => [name, text.decode(machine.disk.read(name) ?? undefined)]),
    ['watch', JSON.stringify([...watch.rows.values()])],
    ['replica', JSON.stringify([...replica.rows.values(), ...replica.entries.values()])],
  ] as const;
  return places.flatMap(([place = '', bytes = '']) => {
    const foreign = new Set(
      [...bytes.matchAll(marks)]
        .filter(([, ticketId = '', author]) => !seen.has(ticketId) && author !== owner.agentId)
        .map(([mark]) => mark),
    );
    return [...foreign].map((mark) => `O4 ${owner.consoleId}: ${place} holds ${mark}`);
  });
}
