import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import { documentOf } from '../../store/policy-form.ts';
import type { PolicyForm } from '../../store/policy-form.ts';
import { Button } from '../../ui/button.tsx';
import styles from './card.module.css';
import { focusControl } from './form-context.ts';
import { policyChanges } from './policy-changes.ts';
import type { PolicyChange } from './policy-changes.ts';

/** What the edit changes of the rules it began with; each line leads to its control. */
export function ChangesCard({ base, form }: { base: PolicyDocument; form: PolicyForm | null }) {
  const changes = form === null ? null : policyChanges(base, documentOf(form));
  return (
    <section className={styles['card']} aria-labelledby="policy-changes">
      <h2 id="policy-changes" className={styles['title']}>
        What you change{' '}
        {changes !== null && changes.length > 0 && (
          <span className={styles['count']}>{changes.length}</span>
        )}
      </h2>
      {changes === null && (
        <p className={styles['none']}>It shows here once the text can be read.</p>
      )}
      {changes?.length === 0 && <p className={styles['none']}>Nothing yet.</p>}
      <ChangeList changes={changes ?? []} linked />
    </section>
  );
}

/** `linked` where there is a form whose controls the lines can lead to. */
export function ChangeList({
  changes,
  linked,
}: {
  changes: readonly PolicyChange[];
  linked: boolean;
}) {
  return (
    <ul className={styles['list']}>
      {changes.map(({ path, what, from, to }) => (
        <li key={`${path} ${from ?? ''}`}>
          {linked ? (
            <Button
              look="link"
              className={styles['link']}
              onClick={() => {
                focusControl(path);
              }}
            >
              {what}
            </Button>
          ) : (
            <span>{what}</span>
          )}
          <p className={styles['values']}>
            {from === null ? (
              <>
                added: <b>{to}</b>
              </>
            ) : to === null ? (
              <>
                taken away: <s>{from}</s>
              </>
            ) : (
              <>
                {from} <span aria-label="becomes">→</span> <b>{to}</b>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
