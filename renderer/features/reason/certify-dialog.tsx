import { useState } from 'react';
import type { Action } from '../../../shared/tickets/command.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { DecisionDialog } from './decision-dialog.tsx';

/** A bug that no attempt has reproduced needs a reason (W3). */
export function CertifyDialog({ head }: { head: TicketHead }) {
  const console = useConsole();
  const [reason, setReason] = useState('');
  const empty = reason.trim() === '';
  const certify = (why: string): Action[] => [
    { kind: 'set-category', category: 'bug', reason: why },
  ];
  return (
    <DecisionDialog
      ticketId={head.id}
      title="Certify as a bug without reproducing it?"
      description="No attempt has reproduced it yet. Say why it is a bug all the same."
      actions={certify(reason)}
      previewed={certify(empty ? '…' : reason)}
      missing={empty ? 'Say why it is a bug.' : null}
      action="Certify bug"
      hasText
      beside={
        <Button
          onClick={() => {
            console.state.setState({ panel: { kind: 'attempt', ticketId: head.id } });
          }}
        >
          Record an attempt instead
        </Button>
      }
    >
      <Field label="Reason">
        <TextArea
          autoFocus
          data-needed
          rows={3}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </Field>
    </DecisionDialog>
  );
}
