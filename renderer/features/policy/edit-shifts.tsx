import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { idSchema } from '../../../shared/base/ids.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { CheckedInput } from '../../ui/checked-input.tsx';
import { controlId, faultText, usePolicyForm } from './form-context.ts';
import { FaultLine } from '../../ui/checked-input.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './editing.module.css';
import { Section } from './section.tsx';
import { ShiftRow } from './shift-row.tsx';

export function EditShifts() {
  const { form, faults } = usePolicyForm();
  return (
    <Section title="Shifts" hint="When each team works, in the policy’s time zone.">
      {form.shifts.map(({ team, shifts }) => {
        const own = faults.find((fault) => fault.path === `shifts.${team}`);
        return (
          <fieldset
            key={team}
            id={controlId(`shifts.${team}`)}
            tabIndex={-1}
            className={styles['group']}
          >
            <legend className={styles['legend']}>{team}</legend>
            {own !== undefined && <FaultLine text={own.reason} />}
            {shifts.map((shift, index) => (
              <ShiftRow
                // A shift has no name of its own but its place.
                key={index}
                team={team}
                index={index}
                shift={shift}
              />
            ))}
            <TeamActions team={team} />
          </fieldset>
        );
      })}
      <AddTeam />
    </Section>
  );
}

function TeamActions({ team }: { team: string }) {
  const { change } = usePolicyForm();
  return (
    <div className={styles['add']}>
      <Button
        onClick={() => {
          change(({ shifts }) => ({
            shifts: shifts.map((each) =>
              each.team === team
                ? { team, shifts: [...each.shifts, { ...newShift, days: [...newShift.days] }] }
                : each,
            ),
          }));
        }}
      >
        <Plus size={14} aria-hidden="true" /> Add a shift
      </Button>
      <Button
        look="quiet"
        onClick={() => {
          change(({ shifts }) => ({ shifts: shifts.filter((each) => each.team !== team) }));
          document.querySelector<HTMLElement>(`#${controlId('new-team')}`)?.focus();
        }}
      >
        Take {team} away
      </Button>
    </div>
  );
}

const newShift = {
  name: '',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '06:00',
  until: '14:00',
};

/** Teams have no list of their own: those of the agents are offered. */
function AddTeam() {
  const { form, faults, change } = usePolicyForm();
  const agents = useConsoleState((state) => state.agents);
  const [team, setTeam] = useState('');
  const listId = useId();
  const has = (id: string): boolean => form.shifts.some((each) => each.team === id);
  const offered = [...new Set(agents.flatMap((agent) => agent.teamIds))].filter((id) => !has(id));
  const isId = idSchema.safeParse(team).success;
  const wrong =
    team === ''
      ? null
      : has(team)
        ? 'This team is in the list already.'
        : isId
          ? null
          : 'A team’s id has letters, digits and . _ : - only.';
  const barred = team === '' || wrong !== null;
  return (
    <form
      className={classes(styles['add'], styles['team'])}
      onSubmit={(event) => {
        event.preventDefault();
        if (barred) return;
        change(({ shifts }) => ({ shifts: [...shifts, { team, shifts: [] }] }));
        setTeam('');
      }}
    >
      <CheckedInput
        id={controlId('new-team')}
        label="Another team"
        hint={offered.length === 0 ? undefined : `Known: ${offered.join(', ')}`}
        fault={
          wrong ??
          faultText(
            faults.filter((each) => each.path === 'shifts'),
            'shifts',
          )
        }
        fieldClass={styles['medium']}
        list={listId}
        value={team}
        onChange={(event) => {
          setTeam(event.target.value.trim());
        }}
      />
      <datalist id={listId}>
        {offered.map((id) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </datalist>
      <Button type="submit" aria-disabled={barred}>
        <Plus size={14} aria-hidden="true" /> Add the team
      </Button>
    </form>
  );
}
