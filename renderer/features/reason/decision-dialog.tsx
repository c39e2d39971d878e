import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Action } from '../../../shared/tickets/command.ts';
import { ClockEffects } from '../../marks/clock-effects.tsx';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import { usePreview } from '../../marks/use-preview.ts';
import { focusOn } from '../../store/focus.ts';
import { submit } from '../../store/submit.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import styles from './reason.module.css';

export type DecisionProps = {
  ticketId: string;
  title: string;
  description?: ReactNode;
  /** What is done when it is confirmed: saved all or none. */
  actions: readonly Action[];
  /** The same with what is still missing filled in, where the preview needs that. */
  previewed?: readonly Action[];
  endedBy?: string;
  /** What is still missing, in words; null where nothing is. */
  missing: string | null;
  /** On the button that does it. */
  action: string;
  /** Enter writes a new line somewhere in it, so Ctrl+Enter confirms. */
  hasText?: boolean;
  /** Beside the button that does it. */
  beside?: ReactNode;
  onSaved?: () => void;
  onDigit?: (digit: string) => void;
  children?: ReactNode;
};

/** A decision with what it does to the clocks, shown before it is taken. Enter takes it, Escape leaves it. */
export function DecisionDialog(props: DecisionProps) {
  const { ticketId, title, description, actions, missing, action, hasText = false } = props;
  const console = useConsole();
  const preview = usePreview(ticketId, props.previewed ?? actions);
  const [fault, setFault] = useState<string | null>(null);
  const { busy, run } = useOneAtATime();
  const button = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const first = hasText || props.children !== undefined ? undefined : button;
  const refusal = preview?.refusal ?? null;
  const barred = missing !== null || refusal !== null;

  function close(): void {
    console.state.setState({ panel: null });
    focusOn(console, 'list');
  }
  async function confirm(): Promise<void> {
    if (barred) {
      setFault(missing ?? refusal);
      form.current?.querySelector<HTMLElement>('[data-needed]')?.focus();
      return;
    }
    const saved = await submit(console, ticketId, actions);
    if (!saved.ok) {
      setFault(saved.error);
      return;
    }
    props.onSaved?.();
    close();
  }

  return (
    <Dialog
      title={title}
      description={description}
      widthPx={540}
      {...(first === undefined ? {} : { focusFirst: first })}
      onClose={close}
    >
      {/* Keys pressed in any of its fields end here. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        ref={form}
        className={styles['form']}
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          run(confirm);
        }}
        onChange={() => {
          setFault(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            run(confirm);
          } else if (event.key === 'Enter' && hasText && event.target instanceof HTMLInputElement) {
            // From a field above it, Enter must not send a message that nobody has looked at.
            event.preventDefault();
          } else if (
            props.onDigit !== undefined &&
            /^[1-4]$/.test(event.key) &&
            !isTyped(event.target)
          ) {
            // A field that appears with it must not take the digit, too.
            event.preventDefault();
            props.onDigit(event.key);
          }
        }}
      >
        <ClockEffects
          preview={preview}
          {...(props.endedBy === undefined ? {} : { endedBy: props.endedBy })}
        />
        {props.children}
        <div className={styles['foot']}>
          <span className={styles['fault']} role="alert">
            {fault ?? (missing === null ? refusal : null)}
          </span>
          {props.beside}
          <Button ref={button} look="primary" type="submit" aria-disabled={barred || busy}>
            {action}
            <span>
              {hasText && <Kbd keys="Ctrl" inverse />} <Kbd keys="↵" inverse />
            </span>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function isTyped(target: EventTarget): boolean {
  return target instanceof Element && target.matches('textarea, input:not([type=checkbox])');
}
