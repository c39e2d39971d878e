import { useState } from 'react';
import { severities } from '../../../shared/policy/severity.ts';
import type { Severity } from '../../../shared/policy/severity.ts';
import type { Action } from '../../../shared/tickets/command.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { SeverityBadge } from '../../marks/severity-badge.tsx';
import { useWhen } from '../../marks/use-when.ts';
import { highestAsked, isBelowAsked, setSeverity } from '../../store/change-ticket.ts';
import { focusOn } from '../../store/focus.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { Tick } from '../../ui/tick.tsx';
import { severityMeanings, severityWords } from '../../words.ts';
import { DecisionDialog } from './decision-dialog.tsx';
import { belowAskedMessage } from './message-drafts.ts';
import styles from './reason.module.css';

/** What another severity would do, before it is set (C10); below what was asked for it needs a reason (W7). */
export function SeverityDialog({ head, severity }: { head: TicketHead; severity: Severity }) {
  const console = useConsole();
  const agentName = useConsoleState((state) => state.agent?.name ?? '');
  const hours = useConsoleState((state) => state.policy?.document.targetHours);
  const [reason, setReason] = useState('');
  const [tells, setTells] = useState(false);
  const [own, setOwn] = useState<string | null>(null);
  const asked = highestAsked(head);
  const below = isBelowAsked(head, severity);
  const message = own ?? belowAskedMessage(head, { asked: asked ?? severity, severity, agentName });
  const noReason = below && reason.trim() === '';
  const actions = (why: string): Action[] => [
    { kind: 'set-severity', severity, reason: why.trim() === '' ? null : why },
    ...(below && tells && message.trim() !== '' ? [{ kind: 'reply', text: message } as const] : []),
  ];
  const from = head.severity.value;
  const title =
    from === severity
      ? `Confirm ${severityWords[severity]}`
      : `${severityWords[from]} → ${severityWords[severity]}`;
  return (
    <DecisionDialog
      ticketId={head.id}
      title={`${title}: ${head.reference}`}
      description={
        <>
          <SeverityBadge severity={severity} /> {severityMeanings[severity]}
          {hours !== undefined && ` Answer within ${hours[severity]} h.`}
        </>
      }
      actions={actions(reason)}
      previewed={actions(noReason ? '…' : reason)}
      endedBy={tells ? 'with this message' : 'with this'}
      missing={noReason ? 'Say why less than what was asked for fits.' : null}
      action={
        from === severity ? `Confirm ${severityWords[severity]}` : `Set ${severityWords[severity]}`
      }
      hasText={below && tells}
      onDigit={(digit) => {
        const other = severities[Number(digit) - 1];
        if (other === undefined || other === severity) return;
        console.state.setState({ panel: null });
        setSeverity(console, head.id, other);
        if (console.state.getState().panel === null) focusOn(console, 'list');
      }}
    >
      {below || head.asked.length > 0 ? (
        <>
          <Asked head={head} />
          {below && (
            <>
              <Field label={`Why ${severityWords[severity]} fits`}>
                <Input
                  autoFocus
                  data-needed
                  value={reason}
                  onChange={(event) => {
                    setReason(event.target.value);
                  }}
                />
              </Field>
              <Tick
                label={
                  <>
                    Tell <ForeignLine text={head.customer.contact} /> in a reply
                  </>
                }
                checked={tells}
                onChange={setTells}
              />
              {tells && (
                <Field label="Message to the customer">
                  <TextArea
                    rows={6}
                    dir="auto"
                    value={message}
                    onChange={(event) => {
                      setOwn(event.target.value);
                    }}
                  />
                </Field>
              )}
            </>
          )}
        </>
      ) : undefined}
    </DecisionDialog>
  );
}

function Asked({ head }: { head: TicketHead }) {
  const when = useWhen();
  return (
    <ul className={styles['asked']}>
      {head.asked.map((each, index) => (
        // What was asked for stands in the order it came, and is never changed.
        <li key={index}>
          <ForeignLine text={head.customer.contact} /> asked for{' '}
          <b>{severityWords[each.severity]}</b> {when(each.at)}
        </li>
      ))}
    </ul>
  );
}
