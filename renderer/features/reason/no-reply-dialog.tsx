import { useState } from 'react';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { useWhen } from '../../marks/use-when.ts';
import { Field, Input } from '../../ui/field.tsx';
import { DecisionDialog } from './decision-dialog.tsx';

/** The customer's message asks for no answer, such as a thank you (C3). */
export function NoReplyDialog({ head }: { head: TicketHead }) {
  const when = useWhen();
  const [text, setText] = useState('');
  const since = head.unanswered === null ? '' : ` of ${when(head.unanswered.at)}`;
  return (
    <DecisionDialog
      ticketId={head.id}
      title="No reply needed?"
      description={`The customer’s message${since} is set aside. You can take that back until somebody writes.`}
      actions={[{ kind: 'no-reply-needed', text }]}
      missing={null}
      action="No reply needed"
      endedBy="with this"
    >
      <Field label="Why (optional)">
        <Input
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      </Field>
    </DecisionDialog>
  );
}
