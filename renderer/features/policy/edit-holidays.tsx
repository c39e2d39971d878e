import { X } from 'lucide-react';
import { useAtTime } from '../../store/use-time.ts';
import { Button } from '../../ui/button.tsx';
import { FaultLine } from '../../ui/checked-input.tsx';
import { Input } from '../../ui/field.tsx';
import { counted } from '../../words.ts';
import { MINUTE_MS } from '../../../shared/base/time.ts';
import { controlId, faultText, usePolicyForm } from './form-context.ts';
import { AddHolidays } from './add-holidays.tsx';
import styles from './holidays.module.css';
import { dateIn } from './holidays.ts';
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
