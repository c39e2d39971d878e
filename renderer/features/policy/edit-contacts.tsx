import { escalationLevels } from '../../../shared/tickets/escalation-level.ts';
import type { EscalationLevel } from '../../../shared/tickets/escalation-level.ts';
import type { ContactForm } from '../../store/policy-form.ts';
import { numberOr } from '../../store/policy-form.ts';
import { levelWords } from '../../words.ts';
import { usePolicyForm } from './form-context.ts';
import styles from './editing.module.css';
import { minutesWords } from './policy-words.ts';
import { Section } from './section.tsx';
import { SettingInput } from './setting-input.tsx';

export function EditContacts() {
  return (
    <Section title="Escalation" hint="Whom it goes to, and how soon they acknowledge it.">
      {escalationLevels.map((level) => (
        <ContactRow key={level} level={level} />
      ))}
    </Section>
  );
}

function ContactRow({ level }: { level: EscalationLevel }) {
  const { form, change } = usePolicyForm();
  const contact = form.escalationContacts[level];
  const path = `escalationContacts.${level}`;
  const set = (part: keyof ContactForm) => (text: string) => {
    change(({ escalationContacts }) => ({
      escalationContacts: {
        ...escalationContacts,
        [level]: { ...escalationContacts[level], [part]: text },
      },
    }));
  };
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{levelWords[level]}</legend>
      <div className={styles['row']}>
        <SettingInput
          path={`${path}.name`}
          label="Name"
          value={contact.name}
          onText={set('name')}
        />
        <SettingInput
          path={`${path}.address`}
          label="Address"
          value={contact.address}
          onText={set('address')}
        />
        <SettingInput
          path={`${path}.acknowledgeWithinMinutes`}
          label="Acknowledges within"
          unit="min"
          hint={`= ${minutesWords(numberOr(contact.acknowledgeWithinMinutes))}`}
          inputMode="decimal"
          fieldClass={styles['figure']}
          value={contact.acknowledgeWithinMinutes}
          onText={set('acknowledgeWithinMinutes')}
        />
      </div>
    </fieldset>
  );
}
