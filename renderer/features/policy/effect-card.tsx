import { useEffect, useRef } from 'react';
import type { PolicyEffect } from '../../../shared/protocol/policy-edit.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { classes } from '../../ui/classes.ts';
import styles from './card.module.css';
import { beforeAfter, clockCounts, clockMoves, clockName, effectHeadline } from './effect-words.ts';
import { EffectExamples } from './effect-examples.tsx';

/** What the desk says the edit would do to the open tickets (C14). */
export function EffectCard({ documentKey }: { documentKey: string | null }) {
  const said = useConsoleState((state) => state.policyEdit.said);
  const busy = useConsoleState((state) => state.policyEdit.busy === 'preview');
  const effect = said?.kind === 'preview' ? said.effect : null;
  const isStale = effect !== null && said?.key !== documentKey;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    // In one column the answer stands below the form.
    if (effect !== null) card.current?.scrollIntoView({ block: 'start' });
  }, [effect]);
  return (
    <section
      ref={card}
      className={classes(styles['card'], isStale && styles['stale'])}
      aria-labelledby="policy-effect"
      aria-busy={busy}
    >
      <h2 id="policy-effect" className={styles['title']}>
        What it does to the open tickets
      </h2>
      {busy && <p className={styles['none']}>The desk is reckoning every open ticket…</p>}
      {!busy && effect === null && (
        <p className={styles['none']}>
          Preview asks the desk which dues would move. You can save what you have previewed.
        </p>
      )}
      {effect !== null && isStale && (
        <p>You changed something since the last preview: preview it again.</p>
      )}
      {effect !== null && !isStale && <Effect effect={effect} />}
    </section>
  );
}

function Effect({ effect }: { effect: PolicyEffect }) {
  const clocks = effect.byClock.flatMap((each) => {
    const counts = clockCounts(each);
    return counts === null ? [] : [{ each, counts, moves: clockMoves(each) }];
  });
  return (
    <>
      <p className={styles['headline']}>{effectHeadline(effect)}</p>
      <dl className={styles['figures']}>
        <dt>Overdue</dt>
        <dd>{beforeAfter(effect.overdueBefore, effect.overdueAfter)}</dd>
        <dt>At risk</dt>
        <dd>{beforeAfter(effect.atRiskBefore, effect.atRiskAfter)}</dd>
        {clocks.map(({ each, counts, moves }) => (
          <Clock key={each.clock} name={clockName(each.clock)} counts={counts} moves={moves} />
        ))}
      </dl>
      <EffectExamples effect={effect} />
    </>
  );
}

function Clock({ name, counts, moves }: { name: string; counts: string; moves: string | null }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {counts}
        {moves !== null && <span className={styles['none']}>, {moves}</span>}
      </dd>
    </>
  );
}
