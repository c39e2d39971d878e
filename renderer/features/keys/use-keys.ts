import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { consoleActions } from '../../store/actions.ts';
import type { ConsoleAction } from '../../store/actions.ts';
import type { Console } from '../../store/console.ts';
import { useConsole } from '../../store/use-console.ts';

/** Binds the keys of every action; none while typing, in a menu, or over a dialog. */
export function useKeys(): void {
  const console = useConsole();
  useEffect(() => {
    const bindings = Object.fromEntries(
      consoleActions.flatMap((action) =>
        action.keys.map((keys) => [
          keys,
          (event: KeyboardEvent) => {
            press(console, action, keys, event);
          },
        ]),
      ),
    );
    return tinykeys(window, bindings);
  }, [console]);
}

function press(console: Console, action: ConsoleAction, keys: string, event: KeyboardEvent): void {
  const isChord = keys.startsWith('$mod+');
  if (event.defaultPrevented || (!isChord && (event.ctrlKey || event.metaKey)) || event.altKey)
    return;
  if (isElsewhere(event.target) || !action.applies(console)) return;
  event.preventDefault();
  action.run(console);
}

/** Typing, or in something that stands over the console and has keys of its own. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role=menu], [role=dialog]') !==
      null
  );
}
