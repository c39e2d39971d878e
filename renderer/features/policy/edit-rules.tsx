import { Choices } from '../../ui/choices.tsx';
import { FaultLine } from '../../ui/checked-input.tsx';
import { controlId, faultText, usePolicyForm } from './form-context.ts';
import styles from './editing.module.css';
import { serverSupportWords, severityChangeWords } from './policy-words.ts';
import { Section } from './section.tsx';
import { SettingInput } from './setting-input.tsx';

export function EditRules() {
  const { form, faults, change } = usePolicyForm();
  const changeFault = faultText(faults, 'onSeverityChange');
  const chosen = form.onSeverityChange;
  return (
    <>
      <Section title="First contact" hint="Not for questions and feature requests.">
        <Choices
          legend="This clock is"
          value={form.firstContactOn ? 'on' : 'off'}
          choices={[
            { value: 'on', label: 'On' },
            { value: 'off', label: 'Switched off' },
          ]}
          onChange={(value) => {
            change(() => ({ firstContactOn: value === 'on' }));
          }}
        />
        {form.firstContactOn && (
          <SettingInput
            path="firstContactHours"
            label="The customer hears from us within"
            unit="h"
            hint="counted in business days; 24 h are one"
            inputMode="decimal"
            fieldClass={styles['medium']}
            value={form.firstContactHours}
            onText={(firstContactHours) => {
              change(() => ({ firstContactHours }));
            }}
          />
        )}
      </Section>
      <Section title="Progress updates" hint="What a certified bug owes its customer.">
        <SettingInput
          path="progressUpdateDays"
          label="News every"
          unit="business days"
          inputMode="decimal"
          fieldClass={styles['medium']}
          value={form.progressUpdateDays}
          onText={(progressUpdateDays) => {
            change(() => ({ progressUpdateDays }));
          }}
        />
      </Section>
      <Section title="Severity change" hint="Where a due goes when the severity changes.">
        <div id={controlId('onSeverityChange')} tabIndex={-1}>
          <Choices
            legend="A change of severity is"
            wide
            value={chosen === 'fair' || chosen === 'from-origin' ? chosen : null}
            choices={(['fair', 'from-origin'] as const).map((value) => ({
              value,
              label: severityChangeWords[value].label,
              detail: severityChangeWords[value].meaning,
            }))}
            onChange={(onSeverityChange) => {
              change(() => ({ onSeverityChange }));
            }}
          />
          {changeFault !== null && <FaultLine text={changeFault} />}
        </div>
      </Section>
      <Section title="Server support" hint="P1 promises to watch SaaS servers around the clock.">
        <div id={controlId('serverSupport24x7')} tabIndex={-1}>
          <Choices
            legend="Server faults below Critical count"
            wide
            value={form.serverSupport24x7 ? 'yes' : 'no'}
            choices={(['no', 'yes'] as const).map((value) => ({
              value,
              label: serverSupportWords[value].label,
              detail: serverSupportWords[value].meaning,
            }))}
            onChange={(value) => {
              change(() => ({ serverSupport24x7: value === 'yes' }));
            }}
          />
        </div>
      </Section>
    </>
  );
}
