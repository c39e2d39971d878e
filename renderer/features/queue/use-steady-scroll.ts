import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { QueueLine } from '../../store/queue-lines.ts';

/** Heights of the list's lines, px. */
export const ROW_PX = 50;
export const SECTION_PX = 32;

export function lineHeight(line: QueueLine | undefined): number {
  return line?.kind === 'section' ? SECTION_PX : ROW_PX;
}

/** Where a ticket's row begins, px from the top of the list; null where it is not in it. */
export function rowTop(lines: readonly QueueLine[], ticketId: string | null): number | null {
  let top = 0;
  for (const line of lines) {
    if (line.kind === 'ticket' && line.id === ticketId) return top;
    top += lineHeight(line);
  }
  return null;
}

/**
 * Keeps the selected row where it is on screen when sync or time moves what stands around it. At the very top the
 * list stays at the top: what has just become most urgent must not slip out of sight. `listed` names the list that
 * is shown; another one begins at its top.
 */
export function useSteadyScroll(
  ref: RefObject<HTMLElement | null>,
  lines: readonly QueueLine[],
  selectedId: string | null,
  listed: string,
): void {
  const before = useRef<{ id: string | null; top: number | null; listed: string }>({
    id: null,
    top: null,
    listed,
  });
  useLayoutEffect(() => {
    const list = ref.current;
    const top = rowTop(lines, selectedId);
    const last = before.current;
    before.current = { id: selectedId, top, listed };
    if (list !== null && last.listed !== listed) {
      list.scrollTop = 0;
      return;
    }
    if (list === null || top === null || last.top === null || last.id !== selectedId) return;
    const wasInSight = last.top >= list.scrollTop && last.top < list.scrollTop + list.clientHeight;
    if (wasInSight && list.scrollTop > 0 && top !== last.top) list.scrollTop += top - last.top;
  }, [ref, lines, selectedId, listed]);
}
