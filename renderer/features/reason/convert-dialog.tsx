import { useState } from 'react';
import { isLead } from '../../../shared/base/roles.ts';
import type { Action } from '../../../shared/tickets/command.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import type { ConversionDraft } from '../../store/console-state.ts';
import { draftsOf, dropDraft, keepDraft } from '../../store/drafts.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { Tick } from '../../ui/tick.tsx';
import { severityWords } from '../../words.ts';
import { DecisionDialog } from './decision-dialog.tsx';
import { conversionMessage } from './message-drafts.ts';

const untouched: ConversionDraft = { reason: '', message: null };

/** P10 in one: feature request, Low, a reason, and what the customer is told (W5). */
export function ConvertDialog({ head }: { head: TicketHead }) {
  const console = useConsole();
  const agent = useConsoleState((state) => state.agent);
  const draft = useConsoleState((state) => draftsOf(state.drafts, head.id).conversion) ?? untouched;
  const [read, setRead] = useState(false);
  const lead = agent !== null && isLead(agent.role);
  const message = draft.message ?? conversionMessage(head, agent?.name ?? '');
  const { reason } = draft;
  const convert = (why: string, text: string): Action[] => [
    { kind: 'convert-to-feature', reason: why, message: text },
  ];

  function change(part: Partial<ConversionDraft>): void {
    keepDraft(console, head.id, { conversion: { ...draft, ...part } });
  }
  function missingWords(): string | null {
    if (!lead && reason.trim() === '') return 'Say why it is a feature request.';
    if (message.trim() === '') return 'Write to the customer.';
    if (draft.message === null && !read) return 'Read the message, then tick it or change it.';
    return null;
  }

  const from = head.severity.value;
  return (
    <DecisionDialog
      ticketId={head.id}
      title={`Make ${head.reference} a feature request`}
      description={`${from === 'low' ? '' : `Severity ${severityWords[from]} → ${severityWords.low}. `}Feature requests have no response SLA; product management decides on them.`}
      actions={convert(reason, message)}
      previewed={convert(reason.trim() === '' ? '…' : reason, message)}
      endedBy="with this message"
      missing={missingWords()}
      action="Send and make feature request"
      hasText
      onSaved={() => {
        dropDraft(console, head.id, 'conversion');
      }}
    >
      <Field label={lead ? 'Reason, for the team (optional for a lead)' : 'Reason, for the team'}>
        <Input
          autoFocus
          value={reason}
          {...(lead || reason.trim() !== '' ? {} : { 'data-needed': true })}
          onChange={(event) => {
            change({ reason: event.target.value });
          }}
        />
      </Field>
      <Field label="Message to the customer">
        <TextArea
          rows={5}
          style={{ maxHeight: '38vh' }}
          dir="auto"
          value={message}
          onChange={(event) => {
            change({ message: event.target.value });
          }}
        />
      </Field>
      {draft.message === null && (
        <Tick
          label="I have read the message, and it fits"
          checked={read}
          needed={!read}
          onChange={setRead}
        />
      )}
    </DecisionDialog>
  );
}
