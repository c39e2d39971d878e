/**
 * Puts text on the clipboard; false where the system does not let us. The page has no permission for the clipboard
 * (X1) and asks for none: it copies as the person who pressed the button would, with the copy command.
 */
export function copyText(text: string): boolean {
  let done = false;
  const take = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    done = event.clipboardData !== null;
  };
  const selection = getSelection();
  // The command does nothing where nothing is selected.
  if (selection?.isCollapsed !== false) selection?.selectAllChildren(document.body);
  document.addEventListener('copy', take, { once: true });
  // Deprecated, and the only way without that permission.
  // oxlint-disable-next-line typescript/no-deprecated
  document.execCommand('copy');
  document.removeEventListener('copy', take);
  selection?.removeAllRanges();
  return done;
}
