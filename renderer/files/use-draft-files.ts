import { carried } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { comingFiles, isComing } from '../store/attach-files.ts';
import type { FileDraft } from '../store/console-state.ts';
import { draftFiles } from '../store/drafts.ts';
import { useConsoleState } from '../store/use-console.ts';

/** A draft's files as part of its action, and why it cannot go yet; null where it can. */
export function useDraftFiles(
  ticketId: string,
  kind: FileDraft,
): { files: { attachments?: Attachment[] }; waits: string | null } {
  const attachments = useConsoleState((state) => draftFiles(state.drafts, ticketId, kind));
  const coming = useConsoleState((state) => comingFiles(state.comingFiles, ticketId, kind));
  return {
    files: carried({ attachments }),
    waits: isComing(coming) ? 'A file is still being added.' : null,
  };
}
