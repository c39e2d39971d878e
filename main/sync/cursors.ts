import type { Cursor } from '../../shared/protocol/cursor.ts';

/** The same place in the same desk's life. */
export function isSame(a: Cursor | null, b: Cursor | null): boolean {
  if (a === null || b === null) return a === b;
  return a.epoch === b.epoch && a.version === b.version && a.mark === b.mark;
}
