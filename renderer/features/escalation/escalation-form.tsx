import { useState } from 'react';
import { MINUTE_MS } from '../../../shared/base/time.ts';
import { escalationLevels, escalationReasons } from '../../../shared/tickets/escalation-level.ts';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import type { EscalationDraft } from '../../store/console-state.ts';
import { draftsOf, dropDraft, keepDraft } from '../../store/drafts.ts';
import { focusOn } from '../../store/focus.ts';
import type { QueueItem } from '../../store/queue.ts';
import { submit } from '../../store/submit.ts';
import { useConsole, useConsoleState, useTicket } from '../../store/use-console.ts';
import { lengthWords } from '../../time-words.ts';
import { Choices } from '../../ui/choices.tsx';
import { Dock } from '../../ui/dock.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { levelWords, reasonWords } from '../../words.ts';

const untouched: EscalationDraft = { level: null, reason: null, text: '' };

/** Escalates to a level with its contact, or records the customer's own escalation (W6, P11). */
export function EscalationForm({ ticketId }: { ticketId: string }) {
  const item = useTicket(ticketId);
  return item === undefined ? null : <Form item={item} />;
}

function Form({ item }: { item: QueueItem }) {
  const console = useConsole();
  const contacts = useConsoleState((state) => state.policy?.document.escalationContacts);
  const draft = useConsoleState((state) => draftsOf(state.drafts, item.id).escalation) ?? untouched;
  const [fault, setFault] = useState<string | null>(null);
  const { busy, run } = useOneAtATime();
  const missing = missingWords(draft);
  const isFeature = item.shown.category.value === 'feature';

  function change(part: Partial<EscalationDraft>): void {
    setFault(null);
    keepDraft(console, item.id, { escalation: { ...draft, ...part } });
  }
  function close(): void {
    console.state.setState({ panel: null });
    focusOn(console, 'list');
  }
  async function save(): Promise<void> {
    const { level, reason, text } = draft;
    if (level === null || reason === null) return;
    const saved = await submit(console, item.id, [{ kind: 'escalate', level, reason, text }]);
    if (!saved.ok) {
      setFault(saved.error);
      return;
    }
    dropDraft(console, item.id, 'escalation');
    close();
  }

  return (
    <Dock
      title="Escalate"
      hint={fault ?? missing ?? 'Stays in sight until it is acknowledged.'}
      action={
        <>
          Escalate
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
      <Choices
        legend="To"
        wide
        value={draft.level}
        choices={escalationLevels.map((level) => {
          const contact = contacts?.[level];
          const barred = level === 'product-management' && !isFeature;
          return {
            value: level,
            label: levelWords[level],
            disabled: barred,
            ...(contact === undefined
              ? {}
              : {
                  detail: barred
                    ? 'Feature requests only'
                    : `${contact.name}, acknowledges within ${lengthWords(
                        contact.acknowledgeWithinMinutes * MINUTE_MS,
                      )}`,
                }),
          };
        })}
        onChange={(level) => {
          change({ level });
        }}
      />
      <Choices
        legend="Because"
        value={draft.reason}
        choices={escalationReasons.map((reason) => ({
          value: reason,
          label: reasonWords[reason],
        }))}
        onChange={(reason) => {
          change({ reason });
        }}
      />
      <Field label={draft.reason === 'other' ? 'Reason' : 'What they should know (optional)'}>
        <TextArea
          rows={2}
          value={draft.text}
          onChange={(event) => {
            change({ text: event.target.value });
          }}
        />
      </Field>
    </Dock>
  );
}

/** What is still missing; null where nothing is. */
function missingWords(draft: EscalationDraft): string | null {
  if (draft.level === null) return 'Choose to whom.';
  if (draft.reason === null) return 'Choose a reason.';
  if (draft.reason === 'other' && draft.text.trim() === '') return 'Say what the reason is.';
  return null;
}
