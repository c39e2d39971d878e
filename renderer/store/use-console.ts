import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { invariant } from '../../shared/base/assert.ts';
import type { Console } from './console.ts';
import type { ConsoleState } from './console-state.ts';
import type { QueueItem } from './queue.ts';

export const ConsoleContext = createContext<Console | null>(null);

/** The console's parts, for what a component does. */
export function useConsole(): Console {
  const console = use(ConsoleContext);
  invariant(console !== null, 'a component of the console stands outside of it');
  return console;
}

/** One value of the state, for what a component shows. Select an atom: a new object each time would loop. */
export function useConsoleState<T>(select: (state: ConsoleState) => T): T {
  return useStore(useConsole().state, select);
}

/** A ticket of the queue; drawn again only when this ticket changes. */
export function useTicket(id: string | null): QueueItem | undefined {
  const { queue, state } = useConsole();
  return useStore(state, () => (id === null ? undefined : queue.get(id)));
}
