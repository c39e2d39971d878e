import { useState } from 'react';
import type { Action } from '../../../shared/tickets/command.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { FormFiles } from '../../files/form-files.tsx';
import { useDraftFiles } from '../../files/use-draft-files.ts';
import { ClockEffects } from '../../marks/clock-effects.tsx';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import { usePreview } from '../../marks/use-preview.ts';
import { plainLine } from '../../plain-line.ts';
import type { DataRequestDraft } from '../../store/console-state.ts';
import { draftsOf, dropDraft, keepDraft } from '../../store/drafts.ts';
import { focusOn } from '../../store/focus.ts';
import { submit } from '../../store/submit.ts';
import { useConsole, useConsoleState, useTicket } from '../../store/use-console.ts';
import { Choices } from '../../ui/choices.tsx';
import { Dock } from '../../ui/dock.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';

const untouched: DataRequestDraft = { what: '', why: '', isPublic: true };

/** Asks the customer for what is missing, or notes it for the team (W2, C7). */
export function DataRequestForm({ ticketId }: { ticketId: string }) {
  const head = useTicket(ticketId)?.shown;
  return head === undefined ? null : <Form head={head} />;
}

function Form({ head }: { head: TicketHead }) {
  const console = useConsole();
  const draft =
    useConsoleState((state) => draftsOf(state.drafts, head.id).dataRequest) ?? untouched;
  const [fault, setFault] = useState<string | null>(null);
  const { busy, run } = useOneAtATime();
  const { files, waits } = useDraftFiles(head.id, 'dataRequest');
  const request = (what: string): Action => ({ kind: 'request-data', ...draft, what, ...files });
  const empty = draft.what.trim() === '';
  const preview = usePreview(head.id, [request(empty ? '…' : draft.what)]);
  const missing = empty ? 'Say what you need.' : (waits ?? preview?.refusal ?? null);
  const contact = plainLine(head.customer.contact);

  function change(part: Partial<DataRequestDraft>): void {
    setFault(null);
    keepDraft(console, head.id, { dataRequest: { ...draft, ...part } });
  }
  function close(): void {
    console.state.setState({ panel: null });
    focusOn(console, 'list');
  }
  async function save(): Promise<void> {
    const saved = await submit(console, head.id, [request(draft.what)]);
    if (!saved.ok) {
      setFault(saved.error);
      return;
    }
    dropDraft(console, head.id, 'dataRequest');
    close();
  }

  return (
    <Dock
      title="Ask for data"
      hint={
        fault ??
        missing ??
        (draft.isPublic
          ? `Goes to ${contact}; the ticket then waits on them.`
          : 'The customer does not see it. It ends no clock.')
      }
      action={
        <>
          {draft.isPublic ? 'Send request' : 'Keep request'}
          <span>
            <Kbd keys="Ctrl" inverse /> <Kbd keys="↵" inverse />
          </span>
        </>
      }
      disabled={missing !== null || busy}
      onSubmit={() => {
        run(save);
      }}
      onClose={close}
    >
      <Field label="What is needed">
        <Input
          data-first
          dir="auto"
          placeholder="Such as: the log of the mail worker of last night"
          value={draft.what}
          onChange={(event) => {
            change({ what: event.target.value });
          }}
        />
      </Field>
      <Field
        label={draft.isPublic ? 'Why, and how to get it (they read this, too)' : 'Why (optional)'}
      >
        <TextArea
          rows={2}
          dir="auto"
          value={draft.why}
          onChange={(event) => {
            change({ why: event.target.value });
          }}
        />
      </Field>
      <FormFiles ticketId={head.id} kind="dataRequest" />
      <Choices
        legend="Who sees it"
        value={draft.isPublic ? 'customer' : 'team'}
        choices={[
          { value: 'customer', label: 'Send to the customer' },
          { value: 'team', label: 'Keep it internal' },
        ]}
        onChange={(value) => {
          change({ isPublic: value === 'customer' });
        }}
      />
      <ClockEffects preview={preview} endedBy="with this message" />
    </Dock>
  );
}
