import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Console } from './console.ts';
import type { FocusTarget } from './console-state.ts';
import { useConsole, useConsoleState } from './use-console.ts';

/** Wishes the keyboard focus somewhere; the component that is there takes it. */
export function focusOn(console: Console, on: FocusTarget): void {
  const { focus } = console.state.getState();
  console.state.setState({ focus: { on, n: focus.n + 1 } });
}

/** A ref for the element that takes the focus when it is wished on this target. */
export function useFocusTarget<T extends HTMLElement>(on: FocusTarget): RefObject<T | null> {
  const ref = useRef<T>(null);
  const { state } = useConsole();
  const focus = useConsoleState((state) => state.focus);
  useEffect(() => {
    if (focus.on !== on || ref.current === null) return;
    ref.current.focus();
    // Fulfilled: what is drawn anew later must not draw the focus to itself again.
    state.setState({ focus: { on: null, n: focus.n } });
  }, [focus, on, state]);
  return ref;
}
