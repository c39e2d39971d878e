import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import { escalationLevels } from '../../../shared/tickets/escalation-level.ts';
import { levelWords } from '../../words.ts';
import { daysOfWeekWords, minutesWords, shiftTimes } from './policy-words.ts';
import styles from './reading.module.css';
import { Section } from './section.tsx';

/** Whom an escalation goes to (W6), and who works when. */
export function ReadPeople({ document }: { document: PolicyDocument }) {
  const teams = Object.entries(document.shifts);
  return (
    <>
      <Section title="Escalation" hint="Whom it goes to, and how soon they acknowledge it.">
        <div className={styles['wide']} tabIndex={0} role="group" aria-label="Table of contacts">
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">Level</th>
                <th scope="col">Contact</th>
                <th scope="col">Acknowledges within</th>
              </tr>
            </thead>
            <tbody>
              {escalationLevels.map((level) => {
                const contact = document.escalationContacts[level];
                return (
                  <tr key={level}>
                    <th scope="row">{levelWords[level]}</th>
                    <td className={styles['contact']}>
                      {contact.name}
                      <span className={styles['more']}>{contact.address}</span>
                    </td>
                    <td className={styles['figure']}>
                      {minutesWords(contact.acknowledgeWithinMinutes)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Section>
      <Section title="Shifts" hint="In the policy’s time zone.">
        {teams.length === 0 && <p className={styles['none']}>No shifts are set.</p>}
        {teams.map(([team, shifts]) => (
          <div key={team}>
            <h3 className={styles['team']}>{team}</h3>
            {shifts.length === 0 && <p className={styles['none']}>No shift.</p>}
            <ul>
              {shifts.map((shift) => (
                <li
                  key={`${shift.name} ${shift.days.join()} ${shift.from}`}
                  className={styles['shift']}
                >
                  <span>{shift.name}</span>
                  <span>{daysOfWeekWords(shift.days)}</span>
                  <span className={styles['figure']}>{shiftTimes(shift)}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Section>
    </>
  );
}
