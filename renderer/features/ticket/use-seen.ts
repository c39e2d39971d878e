import { useEffect } from 'react';
import type { RefObject } from 'react';
import { newestInSight, noteSeen, seenVersion } from '../../store/seen.ts';
import type { PlacedMessage } from '../../store/seen.ts';
import { useConsole } from '../../store/use-console.ts';

/** Nearer to the end than this counts as being at it, px. */
const AT_END_PX = 80;

/**
 * Keeps a conversation at its end for someone who reads there, and notes which of its messages were in sight (S3).
 * Nothing jumps away while reading further up. `ref` is the box that scrolls; its first child holds the entries.
 */
export function useSeen(ref: RefObject<HTMLElement | null>, ticketId: string): void {
  const console = useConsole();
  useEffect(() => {
    const box = ref.current;
    const flow = box?.firstElementChild;
    if (box === null || flow === null || flow === undefined) return undefined;
    let atEnd = true;
    const look = (): void => {
      // A window that nobody can see, or a pane that is not shown, shows no messages.
      if (document.hidden || box.clientHeight === 0) return;
      noteSeen(console, ticketId, newestInSight(placedMessages(box), lowerEdge(box)));
    };
    // The box itself changes too, with a form that opens or a change that is queued.
    const resized = new ResizeObserver(() => {
      if (atEnd && !document.hidden)
        box.scrollTop = endOrFirstNew(box, seenVersion(console, ticketId));
      look();
    });
    resized.observe(box);
    resized.observe(flow);
    const scrolled = (): void => {
      atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END_PX;
      look();
    };
    // In a very low window the pane around it scrolls as a whole, too.
    const pane = box.closest('section') ?? box;
    pane.addEventListener('scroll', scrolled, { capture: true, passive: true });
    document.addEventListener('visibilitychange', look);
    return () => {
      resized.disconnect();
      pane.removeEventListener('scroll', scrolled, { capture: true });
      document.removeEventListener('visibilitychange', look);
    };
  }, [console, ref, ticketId]);
}

/** The end; where several new messages do not fit, the first of them, so that none passes unread (S3). */
function endOrFirstNew(box: HTMLElement, seen: number): number {
  const endPx = box.scrollHeight - box.clientHeight;
  if (seen === 0) return endPx;
  const first = placedMessages(box).find(({ version }) => version > seen);
  if (first === undefined) return endPx;
  return Math.min(endPx, box.scrollTop + first.topPx - box.getBoundingClientRect().top);
}

/** Marks an accepted message for this hook; what waits to be sent is no message yet. */
export const MESSAGE_VERSION = 'data-message-version';

export function messageElement(box: HTMLElement, version: number): Element | null {
  return box.querySelector(`[${MESSAGE_VERSION}="${version}"]`);
}

function placedMessages(box: HTMLElement): PlacedMessage[] {
  return [...box.querySelectorAll(`[${MESSAGE_VERSION}]`)].map((element) => {
    const { top, height } = element.getBoundingClientRect();
    return { version: Number(element.getAttribute(MESSAGE_VERSION)), topPx: top, heightPx: height };
  });
}

function lowerEdge(box: HTMLElement): number {
  const pane = box.closest('section');
  const bottomPx = box.getBoundingClientRect().bottom;
  return pane === null ? bottomPx : Math.min(bottomPx, pane.getBoundingClientRect().bottom);
}
