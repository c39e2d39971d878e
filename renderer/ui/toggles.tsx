import type { Ref } from 'react';
import styles from './toggles.module.css';

/** Any number of a few, all in sight: check boxes drawn as buttons. */
export function Toggles<Value extends string>({
  id,
  legend,
  options,
  values,
  describedBy,
  ref,
  onChange,
}: {
  id?: string;
  legend: string;
  options: readonly { value: Value; label: string; name: string }[];
  values: readonly string[];
  describedBy?: string;
  ref?: Ref<HTMLFieldSetElement>;
  /** In the order of the options. */
  onChange: (values: Value[]) => void;
}) {
  return (
    <fieldset
      ref={ref}
      id={id}
      tabIndex={-1}
      className={styles['toggles']}
      aria-describedby={describedBy}
    >
      <legend className={styles['legend']}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['toggle']} title={option.name}>
          <input
            className={styles['input']}
            type="checkbox"
            aria-label={option.name}
            checked={values.includes(option.value)}
            onChange={(event) => {
              const { checked } = event.target;
              onChange(
                options
                  .map((each) => each.value)
                  .filter((each) => (each === option.value ? checked : values.includes(each))),
              );
            }}
          />
          <span aria-hidden="true">{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
