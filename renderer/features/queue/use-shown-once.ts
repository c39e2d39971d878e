import { useEffect, useRef } from 'react';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { nothingToCome } from '../../store/fullness.ts';

/**
 * Tells main, once, that the first rows are painted: the second frame after they were drawn. An empty desk is
 * painted when it is known to be empty.
 */
export function useShownOnce(): void {
  const console = useConsole();
  const listed = useConsoleState((state) => state.listed);
  const complete = useConsoleState(nothingToCome);
  const told = useRef(false);
  useEffect(() => {
    if ((listed === 0 && !complete) || told.current) return;
    told.current = true;
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        void console.bridge.call('console.shown', { rows: listed });
      });
    });
  }, [console, listed, complete]);
}
