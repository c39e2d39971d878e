import { severities } from '../../../shared/policy/severity.ts';
import type { Severity } from '../../../shared/policy/severity.ts';
import { SeverityBadge } from '../../marks/severity-badge.tsx';
import { documentOf } from '../../store/policy-form.ts';
import { severityMeanings, severityWords } from '../../words.ts';
import { usePolicyForm } from './form-context.ts';
import styles from './editing.module.css';
import { alertsWords, minutesWords } from './policy-words.ts';
import { Section } from './section.tsx';
import { SettingInput } from './setting-input.tsx';

export function EditSeverities() {
  return (
    <Section title="Severities" hint="How soon a first answer is owed, and when it presses.">
      {severities.map((severity) => (
        <SeverityRow key={severity} severity={severity} />
      ))}
    </Section>
  );
}

function SeverityRow({ severity }: { severity: Severity }) {
  const { form, change } = usePolicyForm();
  const read = documentOf(form);
  const set = (group: 'targetHours' | 'atRiskMinutes' | 'alertMinutesBefore') => (text: string) => {
    change((now) => ({ [group]: { ...now[group], [severity]: text } }));
  };
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>
        <SeverityBadge severity={severity} />
        <span className={styles['none']}>{severityMeanings[severity]}</span>
      </legend>
      <div className={styles['row']}>
        <SettingInput
          path={`targetHours.${severity}`}
          label="Answer within"
          aria-label={`${severityWords[severity]}: answer within, hours`}
          unit="h"
          hint={severity === 'critical' ? 'counted always' : 'counted Mon–Sat'}
          inputMode="decimal"
          fieldClass={styles['figure']}
          value={form.targetHours[severity]}
          onText={set('targetHours')}
        />
        <SettingInput
          path={`atRiskMinutes.${severity}`}
          label="At risk in the last"
          aria-label={`${severityWords[severity]}: at risk in the last minutes`}
          unit="min"
          hint={`= ${minutesWords(read.atRiskMinutes[severity])}`}
          inputMode="decimal"
          fieldClass={styles['figure']}
          value={form.atRiskMinutes[severity]}
          onText={set('atRiskMinutes')}
        />
        <SettingInput
          path={`alertMinutesBefore.${severity}`}
          label="Alerts before the due"
          aria-label={`${severityWords[severity]}: alerts before the due, minutes with commas`}
          unit="min"
          hint={`= ${alertsWords(read.alertMinutesBefore[severity])}`}
          fieldClass={styles['list']}
          value={form.alertMinutesBefore[severity]}
          onText={set('alertMinutesBefore')}
        />
      </div>
    </fieldset>
  );
}
