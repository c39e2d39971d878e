import { ArrowLeft, Flag } from 'lucide-react';
import { flagsOf } from '../../../shared/policy/flags.ts';
import type { TicketHead as Head } from '../../../shared/tickets/head.ts';
import { ActionButton } from '../../marks/action-button.tsx';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { plainLine } from '../../plain-line.ts';
import { useWhen } from '../../marks/use-when.ts';
import { useConsole } from '../../store/use-console.ts';
import { fullTime } from '../../time-words.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import { channelWords, flagWords, levelWords, licenceWords } from '../../words.ts';
import { AssigneeMenu } from './assignee-menu.tsx';
import { CategoryMenu } from './category-menu.tsx';
import { ConversionNote } from './conversion-note.tsx';
import { DataRequests } from './data-requests.tsx';
import { SeverityMenu } from './severity-menu.tsx';
import { StatusMenu } from './status-menu.tsx';
import styles from './ticket-head.module.css';
import { TriageNote } from './triage-note.tsx';
import { useOthers } from './use-others.ts';

/** Which ticket it is, and what can be decided on it. */
export function TicketHead({ head }: { head: Head }) {
  const console = useConsole();
  const when = useWhen();
  const { here } = useOthers(head.id);
  return (
    <header className={styles['head']}>
      <Button
        look="quiet"
        className={styles['back']}
        onClick={() => {
          console.state.setState({ pane: 'queue' });
        }}
      >
        <ArrowLeft size={15} /> Queue
      </Button>
      <div className={styles['top']}>
        <div className={styles['line']}>
          <b>{head.reference}</b>
          <span>·</span>
          <span className={styles['customer']} title={plainLine(head.customer.address)}>
            <ForeignLine text={head.customer.contact} />,{' '}
            <ForeignLine text={head.customer.organisation} />
          </span>
          {head.escalations
            .filter((each) => !each.acknowledged.value)
            .map((each) => (
              <Tag key={each.id} tone="risk">
                escalated: {levelWords[each.level]}
              </Tag>
            ))}
          <Tag>{licenceWords[head.customer.licence]}</Tag>
          <span>{channelWords[head.channel]}</span>
          <span title={fullTime(head.submittedAt)}>· opened {when(head.submittedAt)}</span>
        </div>
        <p className={styles['others']} role="status" title={here ?? undefined}>
          {here !== null && <ForeignLine text={here} />}
        </p>
      </div>
      <h1 className={styles['subject']} dir="auto" title={plainLine(head.subject)}>
        {plainLine(head.subject)}
      </h1>
      <div className={styles['controls']}>
        <div className={styles['menus']}>
          <SeverityMenu head={head} />
          <CategoryMenu head={head} />
          <StatusMenu head={head} />
          <AssigneeMenu head={head} />
        </div>
        <div className={styles['acts']}>
          <ActionButton action="attempt" label="Reproduce" />
          <ActionButton action="escalate" label="Escalate" look="danger" />
        </div>
      </div>
      <TriageNote head={head} />
      <ConversionNote head={head} />
      {flagsOf(head).map((flag) => (
        <p key={flag} className={styles['flag']}>
          <Flag size={12} aria-hidden="true" /> <span className={styles['rule']}>P3</span>
          {flagWords[flag]}
        </p>
      ))}
      <DataRequests head={head} />
    </header>
  );
}
