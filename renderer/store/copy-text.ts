import type { Console } from './console.ts';
import { notify } from './notices.ts';

/**
 * Puts text on the clipboard; false where the system does not let us. The page has no permission for the clipboard
 * (X1) and asks for none: it copies as the person who pressed the button would, with the copy command.
 */
export function copyText(text: string): boolean {
  let done = false;
  const take = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    done = event.clipboardData !== null;
  };
  const selection = getSelection();
  // The command does nothing where nothing is selected.
  const isOurs = selection?.isCollapsed !== false;
  if (isOurs) selection?.selectAllChildren(document.body);
  document.addEventListener('copy', take, { once: true });
  // Deprecated, and the only way without that permission.
  // oxlint-disable-next-line typescript/no-deprecated
  document.execCommand('copy');
  document.removeEventListener('copy', take);
  if (isOurs) selection?.removeAllRanges();
  return done;
}

/** As `copyText`, and says whether it worked. `what` begins a sentence. */
export function copyAndSay(console: Console, text: string, what: string): void {
  if (copyText(text)) notify(console, 'info', `${what} is on the clipboard.`);
  else notify(console, 'error', `${what} could not be copied: the system refused it.`);
}
