import type { DocumentFault } from '../../../shared/policy/check-document.ts';
import type { JsonFault } from '../../../shared/base/read-json.ts';
import { Button } from '../../ui/button.tsx';
import { FaultLine } from '../../ui/checked-input.tsx';
import { counted } from '../../words.ts';
import styles from './editor-foot.module.css';
import { focusControl } from './form-context.ts';
import { settingWords } from './setting-words.ts';

/** Everything that is wrong, each as a way to its control. */
export function FaultList({
  faults,
  syntax,
}: {
  faults: readonly DocumentFault[];
  syntax: JsonFault | null;
}) {
  if (syntax !== null)
    return (
      <div className={styles['faults']}>
        <FaultLine
          text={`The text is not JSON. Line ${syntax.line}, column ${syntax.column}: ${syntax.reason}.`}
        />
      </div>
    );
  if (faults.length === 0) return null;
  return (
    <section className={styles['faults']} aria-label={counted(faults.length, 'fault')}>
      <h2 className={styles['title']}>{counted(faults.length, 'fault')}</h2>
      <ul>
        {faults.map(({ path, reason }) => (
          <li key={`${path} ${reason}`}>
            <Button
              look="link"
              className={styles['link']}
              onClick={() => {
                focusControl(path);
              }}
            >
              {settingWords(path)}
            </Button>{' '}
            {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}
