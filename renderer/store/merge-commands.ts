import type { BridgeEvent } from '../../shared/bridge/events.ts';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';

/** The journal's list after what main told of it, in journal order. */
export function mergeCommands(
  known: readonly JournalledCommand[],
  { changed, removed }: BridgeEvent<'commands.changed'>,
): JournalledCommand[] {
  const byId = new Map(known.map((each) => [each.command.id, each]));
  for (const id of removed) byId.delete(id);
  for (const each of changed) byId.set(each.command.id, each);
  return [...byId.values()].toSorted((a, b) => a.command.seq - b.command.seq);
}
