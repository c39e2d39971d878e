import { useState } from 'react';
import { attemptOutcomes, isOpen, licences } from '../../../shared/tickets/fields.ts';
import { FormFiles } from '../../files/form-files.tsx';
import { useDraftFiles } from '../../files/use-draft-files.ts';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import type { AttemptDraft } from '../../store/console-state.ts';
import { draftsOf, dropDraft, keepDraft } from '../../store/drafts.ts';
import { focusOn } from '../../store/focus.ts';
import type { QueueItem } from '../../store/queue.ts';
import { submit } from '../../store/submit.ts';
import { useConsole, useConsoleState, useTicket } from '../../store/use-console.ts';
import { Choices } from '../../ui/choices.tsx';
import { Dock } from '../../ui/dock.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { licenceWords, outcomeWords } from '../../words.ts';
import { firstDraft, missingWords } from './first-draft.ts';
import styles from './reproduction.module.css';

/** Records an attempt to reproduce what the customer reported (W1). */
export function ReproductionForm({ ticketId }: { ticketId: string }) {
  const item = useTicket(ticketId);
  const ready = useConsoleState(
    (state) => state.timeline?.ticketId === ticketId && state.timeline.entries !== null,
  );
  // The last attempt is what it starts from, so the timeline must be there.
  return item === undefined || !ready ? null : <Form item={item} />;
}

function Form({ item }: { item: QueueItem }) {
  const console = useConsole();
  const entries = useConsoleState((state) => state.timeline?.entries ?? null);
  const kept = useConsoleState((state) => draftsOf(state.drafts, item.id).attempt);
  const [fault, setFault] = useState<string | null>(null);
  const { busy, run } = useOneAtATime();
  const draft =
    kept ?? firstDraft(item.shown, [...(entries ?? []), ...(item.view?.pendingEntries ?? [])]);
  const { files, waits } = useDraftFiles(item.id, 'attempt');
  const missing = missingWords(draft) ?? waits;

  function change(part: Partial<AttemptDraft>): void {
    setFault(null);
    keepDraft(console, item.id, { attempt: { ...draft, ...part } });
  }
  function environment(part: Partial<AttemptDraft['environment']>): void {
    change({ environment: { ...draft.environment, ...part } });
  }
  function close(): void {
    console.state.setState({ panel: null });
    focusOn(console, 'list');
  }
  async function save(): Promise<void> {
    const { outcome } = draft;
    if (outcome === null) return;
    const saved = await submit(console, item.id, [
      { kind: 'record-attempt', attempt: { ...draft, outcome }, ...files },
    ]);
    if (!saved.ok) {
      setFault(saved.error);
      return;
    }
    dropDraft(console, item.id, 'attempt');
    // What is missing is asked for next (W2).
    if (outcome === 'needs-data' && isOpen(item.shown.status.value))
      console.state.setState({ panel: { kind: 'data-request', ticketId: item.id } });
    else close();
  }

  return (
    <Dock
      title={`Reproduction attempt ${item.shown.attempts.count + 1}`}
      hint={fault ?? missing ?? 'Internal: the customer does not see it.'}
      action={
        <>
          {draft.outcome === 'needs-data' ? 'Save, then ask for data' : 'Save attempt'}
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
      <div className={styles['row']}>
        <Field label="Product version">
          <Input
            value={draft.environment.productVersion}
            onChange={(event) => {
              environment({ productVersion: event.target.value });
            }}
          />
        </Field>
        <Field label="Operating system">
          <Input
            value={draft.environment.operatingSystem}
            onChange={(event) => {
              environment({ operatingSystem: event.target.value });
            }}
          />
        </Field>
        <Field label="Browser">
          <Input
            value={draft.environment.browser}
            onChange={(event) => {
              environment({ browser: event.target.value });
            }}
          />
        </Field>
        <Choices
          legend="Hosting"
          value={draft.environment.hosting}
          choices={licences.map((licence) => ({ value: licence, label: licenceWords[licence] }))}
          onChange={(hosting) => {
            environment({ hosting });
          }}
        />
      </div>
      <Field label="Steps">
        <TextArea
          data-first
          rows={2}
          value={draft.steps}
          onChange={(event) => {
            change({ steps: event.target.value });
          }}
        />
      </Field>
      <div className={styles['row']}>
        <Field label="Expected">
          <TextArea
            rows={1}
            value={draft.expected}
            onChange={(event) => {
              change({ expected: event.target.value });
            }}
          />
        </Field>
        <Field label="What happened">
          <TextArea
            rows={1}
            value={draft.actual}
            onChange={(event) => {
              change({ actual: event.target.value });
            }}
          />
        </Field>
      </div>
      <FormFiles ticketId={item.id} kind="attempt" />
      <Choices
        legend="Outcome"
        value={draft.outcome}
        choices={attemptOutcomes.map((outcome) => ({
          value: outcome,
          label: outcomeWords[outcome],
        }))}
        onChange={(outcome) => {
          change({ outcome });
        }}
      />
    </Dock>
  );
}
