import { X } from 'lucide-react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import styles from './notices.module.css';

export type NoticeItem = {
  id: number;
  tone: 'info' | 'error';
  text: string;
  ticketId: string | null;
};

/** Messages in the corner. They stay until they are dismissed: an error must not pass unseen. */
export function Notices({
  notices,
  onDismiss,
  onOpen,
}: {
  notices: readonly NoticeItem[];
  onDismiss: (id: number) => void;
  onOpen: (ticketId: string) => void;
}) {
  return (
    <div className={styles['notices']} role="log" aria-label="Messages" aria-live="assertive">
      {notices.map(({ ticketId, ...notice }) => (
        <div
          key={notice.id}
          className={classes(styles['notice'], notice.tone === 'error' && styles['error'])}
        >
          <p className={styles['text']} dir="auto">
            {notice.text}
          </p>
          {ticketId !== null && (
            <Button
              onClick={() => {
                onOpen(ticketId);
                onDismiss(notice.id);
              }}
            >
              Open
            </Button>
          )}
          <Button
            look="quiet"
            aria-label="Dismiss"
            onClick={() => {
              onDismiss(notice.id);
            }}
          >
            <X size={14} />
          </Button>
        </div>
      ))}
    </div>
  );
}
