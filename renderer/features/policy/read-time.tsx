import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import { useAtTime } from '../../store/use-time.ts';
import { timeOfDay, zoneWords } from '../../time-words.ts';
import { counted } from '../../words.ts';
import { dateIn, splitHolidays } from './holidays.ts';
import { dateWords } from './policy-words.ts';
import styles from './reading.module.css';
import { Section } from './section.tsx';
import { MINUTE_MS } from '../../../shared/base/time.ts';

/** When time counts: the zone, the business days, the holidays (C8). */
export function ReadTime({ document: { timeZone, holidays } }: { document: PolicyDocument }) {
  const time = useAtTime((now) => timeOfDay(now, timeZone), nextMinute);
  const today = useAtTime((now) => dateIn(now, timeZone), nextMinute);
  const { upcoming, past } = splitHolidays(holidays, today);
  return (
    <>
      <Section title="Time zone">
        <p>
          {timeZone.replaceAll('_', ' ')}
          <span className={styles['more']}>
            it is {time} in {zoneWords(timeZone)} now
          </span>
        </p>
      </Section>
      <Section title="Business days">
        <p>
          Monday to Saturday, all 24 hours. Sundays and holidays do not count, except for Critical,
          which counts always.
        </p>
      </Section>
      <Section title="Holidays">
        {upcoming.length === 0 ? (
          <p className={styles['none']}>No holiday is ahead.</p>
        ) : (
          <ul className={styles['dates']} aria-label="Upcoming holidays">
            {upcoming.map((date) => (
              <li key={date}>{dateWords(date)}</li>
            ))}
          </ul>
        )}
        {past.length > 0 && (
          <details className={styles['past']}>
            <summary>{counted(past.length, 'past holiday')}</summary>
            <ul className={styles['dates']}>
              {past.map((date) => (
                <li key={date}>{dateWords(date)}</li>
              ))}
            </ul>
          </details>
        )}
      </Section>
    </>
  );
}

function nextMinute(now: number): number {
  return (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
}
