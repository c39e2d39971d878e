import { File, FileText, FileWarning, Image } from 'lucide-react';
import { isImage } from '../../shared/tickets/content-type.ts';

/** What kind of file it is said to be; a warning stands before everything else. */
export function FileIcon({ type, risky }: { type: string; risky: boolean }) {
  const Icon = risky
    ? FileWarning
    : isImage(type)
      ? Image
      : type.startsWith('text/')
        ? FileText
        : File;
  return <Icon size={14} aria-hidden="true" />;
}
