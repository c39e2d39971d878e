import type { UploadProgress } from '../../shared/bridge/blobs.ts';
import type { NameVerdict } from '../../shared/tickets/content-type.ts';

const KB = 1_024;

/** A size as people read it, such as "1.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < KB) return `${bytes} B`;
  if (bytes < KB * KB) return `${Math.max(1, Math.round(bytes / KB))} KB`;
  return `${(bytes / KB / KB).toFixed(1)} MB`;
}

/** What to warn of before a file is opened elsewhere (S16, X3); null where nothing is strange about it. */
export function warningWords({ executable, lies }: NameVerdict): string | null {
  if (executable && lies)
    return 'This is a program under the name of another kind of file. Do not open it unless you know why it was sent.';
  if (executable)
    return 'This can run as a program when it is opened. Open it only if you expected it.';
  if (lies) return 'What is in this file is not what its name says.';
  return null;
}

/** The same in few words, for a line; null where nothing is strange. */
export function shortWarning({ executable, lies }: NameVerdict): string | null {
  if (executable) return 'can run as a program';
  return lies ? 'not what its name says' : null;
}

/** How far it is on its way to the desk; null where nothing is to be said. */
export function uploadWords(upload: UploadProgress | undefined): string | null {
  if (upload === undefined) return null;
  if (upload.trouble !== null) return `not sent yet: ${upload.trouble}`;
  return upload.sent === 0
    ? 'waiting to be sent'
    : `${Math.floor((upload.sent / upload.size) * 100)} % sent`;
}

/** How much of it main has. */
export function comingWords(done: number, size: number): string {
  return `${size === 0 ? 0 : Math.floor((done / size) * 100)} %`;
}
