import type { Console } from './console.ts';
import { notify } from './notices.ts';

/**
 * Puts text on the clipboard, on a click or key of the agent, and says whether it did. The asynchronous clipboard
 * needs a permission, and no page of ours has any but notifications (X1).
 */
export function copyText(console: Console, text: string, what: string): void {
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', give, { once: true });
  // oxlint-disable-next-line typescript/no-deprecated
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', give);
  if (copied) notify(console, 'info', `${what} is on the clipboard.`);
  else notify(console, 'error', `${what} could not be copied: the system refused it.`);
}
