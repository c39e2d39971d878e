import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useAtTime } from '../../store/use-time.ts';
import { Button } from '../../ui/button.tsx';
import { FaultLine } from '../../ui/checked-input.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { counted } from '../../words.ts';
import { MINUTE_MS } from '../../../shared/base/time.ts';
import { controlId, faultText, usePolicyForm } from './form-context.ts';
import styles from './editing.module.css';
import { dateIn, pastedDates } from './holidays.ts';
import { dateWords } from './policy-words.ts';

/** Holidays one by one, or many from a list that is pasted. */
export function EditHolidays() {
  const { form, faults, change } = usePolicyForm();
  const today = useAtTime(
    (now) => dateIn(now, form.timeZone),
    (now) => now + MINUTE_MS,
  );
  const rows = form.holidays.map((date, index) => ({ date, index }));
  // What is no date yet stands where it can be mended.
  const past = rows.filter(({ date }) => /^\d{4}-/.test(date) && date < today);
  const ahead = rows.filter((row) => !past.includes(row));
  const own = faults.find((fault) => fault.path === 'holidays');
  return (
    <div id={controlId('holidays')} tabIndex={-1} className={styles['stack']}>
      {ahead.length === 0 && <p className={styles['none']}>No holiday is ahead.</p>}
      <HolidayRows rows={ahead} />
      {past.length > 0 && (
        <details open={past.some(({ index }) => faultText(faults, `holidays.${index}`) !== null)}>
          <summary>{counted(past.length, 'past holiday')}</summary>
          <HolidayRows rows={past} />
        </details>
      )}
      {own !== undefined && <FaultLine text={own.reason} />}
      <AddHolidays
        known={form.holidays}
        onAdd={(dates) => {
          change(({ holidays }) => ({ holidays: [...holidays, ...dates].toSorted() }));
        }}
      />
    </div>
  );
}

function HolidayRows({ rows }: { rows: readonly { date: string; index: number }[] }) {
  const { faults, change } = usePolicyForm();
  return (
    <ul className={styles['holidays']}>
      {rows.map(({ date, index }) => {
        const id = controlId(`holidays.${index}`);
        const fault = faultText(faults, `holidays.${index}`);
        return (
          <li key={index} className={styles['holiday']}>
            <Input
              type="date"
              id={id}
              aria-label={`Holiday ${index + 1}`}
              aria-invalid={fault !== null}
              aria-describedby={`${id}-says`}
              className={styles['date']}
              value={date}
              onChange={(event) => {
                const { value } = event.target;
                change(({ holidays }) => ({ holidays: holidays.with(index, value) }));
              }}
            />
            <span id={`${id}-says`} className={styles['says']}>
              {fault === null ? dateWords(date) : <FaultLine text={fault} />}
            </span>
            <Button
              look="quiet"
              aria-label={`Take away ${date === '' ? 'the empty date' : dateWords(date)}`}
              onClick={() => {
                change(({ holidays }) => ({ holidays: holidays.toSpliced(index, 1) }));
                document.querySelector<HTMLElement>(`#${controlId('new-holiday')}`)?.focus();
              }}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** One date, or all that a pasted text holds: they go to their place in the list at once. */
function AddHolidays({
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
