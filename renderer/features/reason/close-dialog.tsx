import { useState } from 'react';
import { closeReasons } from '../../../shared/tickets/fields.ts';
import type { CloseReason } from '../../../shared/tickets/fields.ts';
import type { Action } from '../../../shared/tickets/command.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { Choices } from '../../ui/choices.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { closeReasonWords } from '../../words.ts';
import { DecisionDialog } from './decision-dialog.tsx';

/** Closing needs a reason, and excuses what is still owed (C13). */
export function CloseDialog({ head }: { head: TicketHead }) {
  const [reason, setReason] = useState<CloseReason | null>(null);
  const [text, setText] = useState('');
  const close = (as: CloseReason, words: string): Action[] => [
    { kind: 'close', reason: as, text: words },
  ];
  const needsText = reason === 'other' && text.trim() === '';
  return (
    <DecisionDialog
      ticketId={head.id}
      title={`Close ${head.reference}`}
      description="The customer is not told. If they write again, it opens again."
      actions={reason === null ? [] : close(reason, text)}
      previewed={close(reason ?? 'done', needsText ? '…' : text)}
      endedBy="with closing"
      missing={
        reason === null ? 'Choose why it is closed.' : needsText ? 'Say what the reason is.' : null
      }
      action="Close ticket"
    >
      <Choices
        legend="Because it is"
        value={reason}
        choices={closeReasons.map((each) => ({ value: each, label: closeReasonWords[each] }))}
        onChange={setReason}
      />
      <Field label={reason === 'other' ? 'Reason' : 'In more words (optional)'}>
        <Input
          value={text}
          {...(needsText ? { 'data-needed': true } : {})}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      </Field>
    </DecisionDialog>
  );
}
