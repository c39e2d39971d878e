import { changePolicyText } from '../../store/policy-draft.ts';
import type { DraftReading } from '../../store/read-policy-draft.ts';
import { useConsole } from '../../store/use-console.ts';
import { CheckedField } from '../../ui/checked-input.tsx';
import { TextArea } from '../../ui/field.tsx';
import { counted } from '../../words.ts';
import { controlId } from './form-context.ts';
import styles from './editing.module.css';

/** The document as text, for who has it elsewhere or changes much at once. */
export function EditText({ text, reading }: { text: string; reading: DraftReading }) {
  const console = useConsole();
  return (
    <CheckedField
      id={controlId('text')}
      label="The policy as JSON"
      fault={textFault(reading)}
      className={styles['text']}
    >
      {(tied) => (
        <TextArea
          {...tied}
          className={styles['json']}
          rows={10}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            changePolicyText(console, event.target.value);
          }}
        />
      )}
    </CheckedField>
  );
}

function textFault({ syntax, faults }: DraftReading): string | null {
  if (syntax !== null) return `Line ${syntax.line}, column ${syntax.column}: ${syntax.reason}.`;
  return faults.length === 0 ? null : `${counted(faults.length, 'fault')}, listed below.`;
}
