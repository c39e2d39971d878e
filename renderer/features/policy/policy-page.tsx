import { FileClock } from 'lucide-react';
import { useFocusTarget } from '../../store/focus.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { Empty } from '../../ui/empty.tsx';
import { pageWords } from '../../view-words.ts';
import { PolicyEditor } from './policy-editor.tsx';
import styles from './policy-page.module.css';
import { PolicyReading } from './policy-reading.tsx';

/** The support policy: everyone reads it, leads and admins edit it (C15). */
export function PolicyPage() {
  const policy = useConsoleState((state) => state.policy);
  const draft = useConsoleState((state) => state.policyEdit.draft);
  const page = useFocusTarget<HTMLElement>('page');
  return (
    <section ref={page} className={styles['page']} aria-label={pageWords.policy} tabIndex={-1}>
      {policy === null ? (
        <Empty
          icon={<FileClock size={28} strokeWidth={1.5} />}
          title="No policy here yet"
          text="It comes from the desk with the first sync. Until then no clock can be reckoned."
        />
      ) : draft === null ? (
        <PolicyReading policy={policy} />
      ) : (
        <PolicyEditor policy={policy} draft={draft} />
      )}
    </section>
  );
}
