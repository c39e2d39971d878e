import { X } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import styles from './notices.module.css';

export type NoticeItem = {
  id: number;
  tone: 'info' | 'error';
  text: string;
  ticketId: string | null;
};

/** Good news has been read by then, and must not stand over what is below it. */
const INFO_MS = 8_000;

/** Messages in the corner. An error stays until it is dismissed: it must not pass unseen. */
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
          {notice.tone === 'info' && <GoesByItself id={notice.id} onDismiss={onDismiss} />}
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

function GoesByItself({ id, onDismiss }: { id: number; onDismiss: (id: number) => void }) {
  const dismiss = useEffectEvent(onDismiss);
  useEffect(() => {
    const timer = setTimeout(() => {
      dismiss(id);
    }, INFO_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [id]);
  return null;
}
