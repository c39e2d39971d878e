import type { UrgencyGroup } from '../../shared/policy/urgency.ts';
import type { QueueItem } from './queue.ts';

/** What stands in the list: a section's heading, or a ticket. */
export type QueueLine =
  { kind: 'section'; group: UrgencyGroup; count: number } | { kind: 'ticket'; id: string };

/** The list of a view with its headings (U3). The order given is kept. */
export function queueLines(items: readonly QueueItem[]): QueueLine[] {
  const lines: QueueLine[] = [];
  const sizes = new Map<UrgencyGroup, number>();
  for (const { urgency } of items) sizes.set(urgency.group, (sizes.get(urgency.group) ?? 0) + 1);
  let group: UrgencyGroup | null = null;
  for (const item of items) {
    if (group !== item.urgency.group) {
      group = item.urgency.group;
      lines.push({ kind: 'section', group, count: sizes.get(group) ?? 0 });
    }
    lines.push({ kind: 'ticket', id: item.id });
  }
  return lines;
}

/** Are two lists the same to look at? Then nothing needs to be drawn. */
export function sameLines(a: readonly QueueLine[], b: readonly QueueLine[]): boolean {
  return a.length === b.length && a.every((line, index) => isSameLine(line, b[index]));
}

function isSameLine(a: QueueLine, b: QueueLine | undefined): boolean {
  if (b === undefined) return false;
  if (a.kind === 'ticket') return b.kind === 'ticket' && a.id === b.id;
  return b.kind === 'section' && a.group === b.group && a.count === b.count;
}
