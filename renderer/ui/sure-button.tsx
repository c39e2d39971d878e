import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

/** A button that loses something: it asks once more in its own place, and forgets it when one goes elsewhere. */
export function SureButton({
  question,
  disabled = false,
  shortcut,
  onSure,
  children,
}: {
  /** What it says when it was pressed once. */
  question: string;
  disabled?: boolean;
  /** The key by which whoever it stands in finds it. */
  shortcut?: string;
  onSure: () => void;
  children: ReactNode;
}) {
  const [asked, setAsked] = useState(false);
  return (
    <Button
      look="danger"
      aria-disabled={disabled}
      {...(shortcut === undefined ? {} : { 'data-key': shortcut })}
      onBlur={() => {
        setAsked(false);
      }}
      onClick={(event) => {
        // The second half of a double click is no answer.
        if (disabled || (asked && event.detail > 1)) return;
        if (asked) onSure();
        else setAsked(true);
      }}
    >
      <span aria-live="polite">{asked ? question : children}</span>
    </Button>
  );
}
