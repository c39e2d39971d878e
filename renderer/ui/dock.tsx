import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './dock.module.css';

/** A form at the foot of a pane: what it is about stays in sight above it. Escape closes it. */
export function Dock({
  title,
  hint,
  action,
  disabled,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  /** Beside the button: what will happen, or what is missing. */
  hint: string;
  action: ReactNode;
  disabled: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first =
      body.current?.querySelector<HTMLElement>('[data-first]') ??
      body.current?.querySelector<HTMLElement>('textarea, input');
    first?.focus();
  }, []);
  return (
    // Keys pressed in any of its fields end here.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={styles['dock']}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          if (!disabled) onSubmit();
        }
      }}
    >
      <header className={styles['head']}>
        <h2 className={styles['title']}>{title}</h2>
        <Button look="quiet" className={styles['close']} aria-label="Close" onClick={onClose}>
          <X size={15} />
        </Button>
      </header>
      <div ref={body} className={styles['body']}>
        {children}
      </div>
      <footer className={styles['foot']}>
        <p role="status">{hint}</p>
        <Button look="primary" type="submit" aria-disabled={disabled}>
          {action}
        </Button>
      </footer>
    </form>
  );
}
