import { Dialog as Base } from '@base-ui/react/dialog';
import type { CSSProperties, ReactNode, RefObject } from 'react';
import styles from './dialog.module.css';

/** A modal dialog; Escape and a click beside it close it, and focus goes back to where it was. */
export function Dialog({
  title,
  description,
  widthPx = 480,
  focusFirst,
  onClose,
  children,
}: {
  title: string;
  description?: ReactNode;
  widthPx?: number;
  /** What has the focus when it opens; by default the first control. */
  focusFirst?: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup
          initialFocus={focusFirst}
          className={styles['popup']}
          style={{ '--width': `${widthPx}px` } as CSSProperties}
        >
          <Base.Title className={styles['title']}>{title}</Base.Title>
          {description !== undefined && (
            <Base.Description className={styles['description']}>{description}</Base.Description>
          )}
          <div className={styles['body']}>{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
