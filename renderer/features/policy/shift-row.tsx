import { X } from 'lucide-react';
import { weekdays } from '../../../shared/policy/policy-document.ts';
import type { ShiftForm } from '../../store/policy-form.ts';
import { Button } from '../../ui/button.tsx';
import { FaultLine } from '../../ui/checked-input.tsx';
import { Toggles } from '../../ui/toggles.tsx';
import { controlId, faultText, usePolicyForm } from './form-context.ts';
import { classes } from '../../ui/classes.ts';
import styles from './editing.module.css';
import { weekdayWords } from './policy-words.ts';
import { SettingInput } from './setting-input.tsx';

/** One shift of a team: its name, its days, from when until when. */
export function ShiftRow({
  team,
  index,
  shift,
}: {
  team: string;
  index: number;
  shift: ShiftForm;
}) {
  const { faults, change } = usePolicyForm();
  const path = `shifts.${team}.${index}`;
  const daysId = controlId(`${path}.days`);
  const daysFault = faultText(faults, `${path}.days`);

  function replace(instead: readonly ShiftForm[]): void {
    change(({ shifts }) => ({
      shifts: shifts.map((each) =>
        each.team === team ? { team, shifts: each.shifts.toSpliced(index, 1, ...instead) } : each,
      ),
    }));
  }
  const set = (part: Partial<ShiftForm>): void => {
    replace([{ ...shift, ...part }]);
  };
  return (
    <div className={classes(styles['row'], styles['shift'])}>
      <SettingInput
        path={`${path}.name`}
        label="Name"
        placeholder="Early"
        fieldClass={styles['name']}
        value={shift.name}
        onText={(name) => {
          set({ name });
        }}
      />
      <div>
        <Toggles
          id={daysId}
          legend="Days"
          describedBy={`${daysId}-says`}
          options={weekdays.map((day) => ({
            value: day,
            label: weekdayWords[day]?.short ?? day,
            name: weekdayWords[day]?.long ?? day,
          }))}
          values={shift.days}
          onChange={(days) => {
            set({ days });
          }}
        />
        <p id={`${daysId}-says`} className={styles['says']}>
          {daysFault !== null && <FaultLine text={daysFault} />}
        </p>
      </div>
      <SettingInput
        path={`${path}.from`}
        label="From"
        placeholder="06:00"
        fieldClass={styles['time']}
        value={shift.from}
        onText={(from) => {
          set({ from });
        }}
      />
      <SettingInput
        path={`${path}.until`}
        label="Until"
        placeholder="14:00"
        hint={shift.until < shift.from ? 'next day' : undefined}
        fieldClass={styles['time']}
        value={shift.until}
        onText={(until) => {
          set({ until });
        }}
      />
      <Button
        look="quiet"
        className={styles['away']}
        aria-label={`Take shift ${index + 1} of ${team} away`}
        onClick={() => {
          replace([]);
          document
            .querySelector<HTMLElement>(`#${CSS.escape(controlId(`shifts.${team}`))}`)
            ?.focus();
        }}
      >
        <X size={14} aria-hidden="true" />
      </Button>
    </div>
  );
}
