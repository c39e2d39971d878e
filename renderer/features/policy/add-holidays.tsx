import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { counted } from '../../words.ts';
import { controlId } from './form-context.ts';
import styles from './holidays.module.css';
import { pastedDates } from './holidays.ts';
import { dateWords } from './policy-words.ts';

/** One date, or all that a pasted text holds: they go to their place in the list at once. */
export function AddHolidays({
  known,
  onAdd,
}: {
  known: readonly string[];
  onAdd: (dates: readonly string[]) => void;
}) {
  const [date, setDate] = useState('');
  const [pasted, setPasted] = useState('');
  const [said, setSaid] = useState('');
  const found = pastedDates(pasted, known);
  const isKnown = known.includes(date);

  function add(dates: readonly string[]): void {
    onAdd(dates);
    setSaid(
      dates.length === 1 ? `${dateWords(dates[0] ?? '')} added` : `${dates.length} dates added`,
    );
  }
  return (
    <>
      <div className={styles['add']}>
        <Field label="Another holiday">
          <Input
            type="date"
            id={controlId('new-holiday')}
            className={styles['date']}
            value={date}
            onChange={(event) => {
              setDate(event.target.value);
            }}
          />
        </Field>
        <Button
          aria-disabled={date === '' || isKnown}
          onClick={() => {
            if (date === '' || isKnown) return;
            add([date]);
            setDate('');
          }}
        >
          <Plus size={14} aria-hidden="true" /> Add
        </Button>
        <span className={styles['says']} role="status">
          {isKnown ? 'It is in the list already.' : said}
        </span>
      </div>
      <details>
        <summary>Paste many dates</summary>
        <div className={styles['stack']}>
          <Field label="Dates such as 2026-12-25, anything may stand between them">
            <TextArea
              rows={3}
              value={pasted}
              onChange={(event) => {
                setPasted(event.target.value);
              }}
            />
          </Field>
          <div className={styles['add']}>
            <Button
              aria-disabled={found.length === 0}
              onClick={() => {
                if (found.length === 0) return;
                add(found);
                setPasted('');
              }}
            >
              {found.length === 0 ? 'Add the dates' : `Add ${counted(found.length, 'date')}`}
            </Button>
            {pasted.trim() !== '' && found.length === 0 && (
              <span className={styles['says']}>No date in it that is not in the list.</span>
            )}
          </div>
        </div>
      </details>
    </>
  );
}
