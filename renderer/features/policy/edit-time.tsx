import { CheckedField } from '../../ui/checked-input.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { useAtTime } from '../../store/use-time.ts';
import { MINUTE_MS } from '../../../shared/base/time.ts';
import { controlId, faultText, usePolicyForm } from './form-context.ts';
import { EditHolidays } from './edit-holidays.tsx';
import styles from './editing.module.css';
import { Section } from './section.tsx';
import { zoneItems } from './zone-items.ts';

export function EditTime() {
  const { form, faults, change } = usePolicyForm();
  // Offsets move with summer time; an hour is soon enough.
  const hour = useAtTime(hourOf, (now) => hourOf(now) + 60 * MINUTE_MS);
  const items = zoneItems(form.timeZone, hour);
  return (
    <>
      <Section title="Time zone" hint="Where business days begin and end.">
        <CheckedField
          id={controlId('timeZone')}
          label="Time zone"
          hint="Type a city or an offset, such as Berlin or +01:00."
          fault={faultText(faults, 'timeZone')}
          className={styles['medium']}
        >
          {(tied) => (
            <Combobox
              tied={tied}
              items={items}
              value={form.timeZone}
              emptyText="No time zone has such a name."
              onChange={(timeZone) => {
                change(() => ({ timeZone }));
              }}
            />
          )}
        </CheckedField>
      </Section>
      <Section
        title="Holidays"
        hint="Monday to Saturday count. These dates do not, except for Critical."
      >
        <EditHolidays />
      </Section>
    </>
  );
}

function hourOf(now: number): number {
  return Math.floor(now / (60 * MINUTE_MS)) * 60 * MINUTE_MS;
}
