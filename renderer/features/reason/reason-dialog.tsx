import { useState } from 'react';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import type { Panel, ReasonAsked } from '../../store/console-state.ts';
import { highestAsked } from '../../store/change-ticket.ts';
import { focusOn } from '../../store/focus.ts';
import { submit } from '../../store/submit.ts';
import { useConsole, useTicket } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { severityWords } from '../../words.ts';
import styles from './reason.module.css';

/** Asks for the reason that the policy wants (W3, W7, C12), and does the thing with it. */
export function ReasonDialog({ panel }: { panel: Extract<Panel, { kind: 'reason' }> }) {
  const console = useConsole();
  const item = useTicket(panel.ticketId);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const { busy, run } = useOneAtATime();
  const empty = reason.trim() === '';
  const asked = item === undefined ? null : highestAsked(item.shown);
  const words = dialogWords(panel, asked === null ? '' : severityWords[asked]);

  function close(): void {
    console.state.setState({ panel: null });
    focusOn(console, 'list');
  }
  async function confirm(): Promise<void> {
    if (empty) return;
    const saved = await submit(console, panel.ticketId, [{ ...panel.action, reason }]);
    if (saved.ok) close();
    else setFault(saved.error);
  }

  return (
    <Dialog title={words.title} description={words.text} onClose={close}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          run(confirm);
        }}
      >
        <Field label="Reason">
          <TextArea
            autoFocus
            rows={3}
            value={reason}
            onChange={(event) => {
              setFault(null);
              setReason(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run(confirm);
            }}
          />
        </Field>
        <div className={styles['foot']}>
          <span className={styles['fault']} role="alert">
            {fault}
          </span>
          {panel.why === 'bug-without-attempt' && (
            <Button
              onClick={() => {
                console.state.setState({ panel: { kind: 'attempt', ticketId: panel.ticketId } });
              }}
            >
              Record an attempt instead
            </Button>
          )}
          <Button look="primary" type="submit" aria-disabled={empty || busy}>
            {words.action}
            <span>
              <Kbd keys="Ctrl" inverse /> <Kbd keys="↵" inverse />
            </span>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function dialogWords(
  { why, action }: ReasonAsked,
  asked: string,
): { title: string; text: string; action: string } {
  switch (why) {
    case 'bug-without-attempt':
      return {
        title: 'Certify as a bug without reproducing it?',
        text: 'No attempt has reproduced it yet. Say why it is a bug all the same.',
        action: 'Certify bug',
      };
    case 'feature-from-high':
      return {
        title: 'Make it a feature request?',
        text: 'It is Critical or High, and feature requests have no response SLA. Say why.',
        action: 'Make feature request',
      };
    case 'below-asked':
      return {
        title: `Triage below what the customer asked for?`,
        text: `The customer asked for ${asked}. Say why ${
          action.kind === 'set-severity' ? severityWords[action.severity] : 'less'
        } fits.`,
        action: 'Set severity',
      };
  }
}
