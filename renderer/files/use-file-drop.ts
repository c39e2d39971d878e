import { useState } from 'react';
import type { ClipboardEvent, DragEvent } from 'react';
import { attachFiles } from '../store/attach-files.ts';
import type { FileDraft } from '../store/console-state.ts';
import { useConsole } from '../store/use-console.ts';

/** For what takes files that are dropped on it or pasted into it (S16). */
export type FileDrop = {
  /** Files are held over it. */
  isOver: boolean;
  props: {
    onDragOver: (event: DragEvent) => void;
    onDragLeave: (event: DragEvent) => void;
    onDrop: (event: DragEvent) => void;
    onPaste: (event: ClipboardEvent) => void;
  };
};

export function useFileDrop(ticketId: string, kind: FileDraft): FileDrop {
  const console = useConsole();
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList): void => {
    void attachFiles(console, ticketId, kind, [...files]);
  };
  return {
    isOver,
    props: {
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      },
      onDragLeave: (event) => {
        // Going over something inside it is not leaving.
        if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
        setIsOver(false);
      },
      onDrop: (event) => {
        setIsOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        take(event.dataTransfer.files);
      },
      onPaste: (event) => {
        // A copied picture comes with text, too, from some programs; words are pasted as words.
        if (event.clipboardData.types.includes('text/plain')) return;
        if (event.clipboardData.files.length === 0) return;
        event.preventDefault();
        take(event.clipboardData.files);
      },
    },
  };
}
