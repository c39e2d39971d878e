import type { ReactNode } from 'react';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { openTicket } from '../../store/selection.ts';
import { useConsole, useTicket } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import type { ButtonLook } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { TagTone } from '../../ui/tag.tsx';
import styles from './conflicts.module.css';
import { CARD_KEY } from './use-card-keys.ts';

/** One thing that waits for the agent: what it is about, what happened, and what can be done. */
export function Card({
  ticketId,
  tag,
  tone,
  gone,
  actions,
  children,
}: {
  ticketId: string;
  tag: string;
  tone: TagTone;
  /** The ticket is not here any more: there is no way to it (S14). */
  gone: boolean;
  actions: ReactNode;
  children: ReactNode;
}) {
  const console = useConsole();
  const head = useTicket(ticketId)?.row.head;
  const isThere = !gone && head !== undefined;
  return (
    // It has keys of its own, so it must be reachable.
    <article
      className={styles['card']}
      tabIndex={0}
      aria-label={`${tag}: ${head?.reference ?? ''}`}
    >
      <header className={styles['top']}>
        <Tag tone={tone}>{tag}</Tag>
        {isThere ? (
          <>
            <b>{head.reference}</b>
            <span className={styles['subject']}>
              <ForeignLine text={head.subject} />
            </span>
          </>
        ) : (
          <span className={styles['subject']}>On a ticket that you no longer see</span>
        )}
      </header>
      {children}
      <div className={styles['actions']}>
        {actions}
        {isThere && (
          <CardButton
            keys="Enter"
            look="quiet"
            onPress={() => {
              openTicket(console, ticketId);
            }}
          >
            Open
          </CardButton>
        )}
      </div>
    </article>
  );
}

/** A button of a card, with the key that presses it. */
export function CardButton({
  keys,
  look = 'plain',
  barred = false,
  onPress,
  children,
}: {
  keys: string;
  look?: ButtonLook;
  /** It can be reached and does nothing: why stands on the card. */
  barred?: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <Button
      look={look}
      aria-disabled={barred}
      {...{ [CARD_KEY]: keys }}
      onClick={() => {
        if (!barred) onPress();
      }}
    >
      {children} <Kbd keys={keys === 'Enter' ? '↵' : keys} inverse={look === 'primary'} />
    </Button>
  );
}
