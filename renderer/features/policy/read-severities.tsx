import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import { severities } from '../../../shared/policy/severity.ts';
import { SeverityBadge } from '../../marks/severity-badge.tsx';
import { severityMeanings } from '../../words.ts';
import { alertsWords, hoursWords, minutesWords } from './policy-words.ts';
import styles from './reading.module.css';
import { Section } from './section.tsx';

/** The table of severities (P2), with what else goes by severity (U1, A1). */
export function ReadSeverities({ document }: { document: PolicyDocument }) {
  return (
    <Section title="Severities" hint="How soon a first answer is owed, and when it presses.">
      <div className={styles['wide']} tabIndex={0} role="group" aria-label="Table of severities">
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Severity</th>
              <th scope="col">Answer within</th>
              <th scope="col">Counted</th>
              <th scope="col">At risk</th>
              <th scope="col">Alerts before</th>
            </tr>
          </thead>
          <tbody>
            {severities.map((severity) => (
              <tr key={severity}>
                <th scope="row">
                  <SeverityBadge severity={severity} />
                  <p className={styles['meaning']}>{severityMeanings[severity]}</p>
                </th>
                <td className={styles['figure']}>{hoursWords(document.targetHours[severity])}</td>
                <td className={styles['whole']}>
                  {severity === 'critical' ? 'always' : 'Mon–Sat'}
                </td>
                <td>last {minutesWords(document.atRiskMinutes[severity])}</td>
                <td>{alertsWords(document.alertMinutesBefore[severity])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
