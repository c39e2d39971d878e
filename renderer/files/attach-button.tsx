import { Paperclip } from 'lucide-react';
import { useOneAtATime } from '../marks/use-one-at-a-time.ts';
import { chooseFiles } from '../store/attach-files.ts';
import type { FileDraft } from '../store/console-state.ts';
import { useConsole } from '../store/use-console.ts';
import { Button } from '../ui/button.tsx';

/** Attaches files by the system's dialog. They can also be dropped or pasted (S16). */
export function AttachButton({ ticketId, kind }: { ticketId: string; kind: FileDraft }) {
  const console = useConsole();
  const { busy, run } = useOneAtATime();
  return (
    <Button
      look="quiet"
      aria-label="Attach files"
      title="Attach files; or drop or paste them here"
      aria-disabled={busy}
      onClick={() => {
        run(() => chooseFiles(console, ticketId, kind));
      }}
    >
      <Paperclip size={15} aria-hidden="true" />
    </Button>
  );
}
