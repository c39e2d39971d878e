import { useEffect, useRef } from 'react';
import type { FocusEvent, KeyboardEvent, RefObject } from 'react';
import { useFocusTarget } from '../../store/focus.ts';

/** On a button of a card: the key that presses it while the card has the focus. */
export const CARD_KEY = 'data-key';

type CardKeys = {
  ref: RefObject<HTMLDivElement | null>;
  onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  onFocus: (event: FocusEvent<HTMLDivElement>) => void;
  onBlur: (event: FocusEvent<HTMLDivElement>) => void;
};

/**
 * Moves from card to card with j and k, and presses a card's buttons by their keys. A card that goes leaves the focus
 * to the one that takes its place.
 */
export function useCardKeys(ids: string): CardKeys {
  const ref = useFocusTarget<HTMLDivElement>('list');
  /** The card that has or had the focus. */
  const index = useRef(0);
  const isInside = useRef(false);

  useEffect(() => {
    // Only where it was lost with its card: a list that changes must not draw it to itself.
    const isLost = isInside.current && document.activeElement === document.body;
    if (ids !== '' && isLost) go(ref.current, index.current);
  }, [ids, ref]);

  return {
    ref,
    onKeyDown: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const box = event.currentTarget;
      const at = cardsOf(box).findIndex((card) => card.contains(event.target as Node));
      const by = stepOf(event.key);
      if (by !== 0) go(box, Math.max(0, at) + (at === -1 ? 0 : by));
      else if (!press(box, at, event)) return;
      event.preventDefault();
      // The same keys mean something on the ticket at the right.
      event.stopPropagation();
    },
    onFocus: (event) => {
      isInside.current = true;
      if (event.target === event.currentTarget) {
        go(event.currentTarget, index.current);
        return;
      }
      const at = cardsOf(event.currentTarget).findIndex((card) => card.contains(event.target));
      if (at !== -1) index.current = at;
    },
    onBlur: (event) => {
      // To nowhere: its card may just have gone.
      if (event.relatedTarget === null) return;
      isInside.current = event.currentTarget.contains(event.relatedTarget);
    },
  };
}

function stepOf(key: string): number {
  if (key === 'j' || key === 'ArrowDown') return 1;
  return key === 'k' || key === 'ArrowUp' ? -1 : 0;
}

/** True where the card at that place has a button for the key. A button that has the focus takes Enter by itself. */
function press(box: HTMLElement, at: number, event: KeyboardEvent): boolean {
  if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return false;
  const button = cardsOf(box)[at]?.querySelector<HTMLButtonElement>(
    `[${CARD_KEY}="${CSS.escape(event.key)}"]`,
  );
  if (button === null || button === undefined) return false;
  // It may ask once more, in its own place.
  button.focus();
  button.click();
  return true;
}

function go(box: HTMLElement | null, to: number): void {
  if (box === null) return;
  const cards = cardsOf(box);
  const card = cards[Math.min(cards.length - 1, Math.max(0, to))];
  card?.focus();
  card?.scrollIntoView({ block: 'nearest' });
}

function cardsOf(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('article')];
}
