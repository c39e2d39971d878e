import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './choices.module.css';
import { classes } from './classes.ts';

export type Choice<Value extends string> = {
  value: Value;
  label: ReactNode;
  detail?: string;
  disabled?: boolean;
};

/** One of a few, all in sight: radio buttons drawn as buttons. */
export function Choices<Value extends string>({
  legend,
  choices,
  value,
  wide = false,
  onChange,
}: {
  legend: string;
  choices: readonly Choice<Value>[];
  value: Value | null;
  wide?: boolean;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className={classes(styles['choices'], wide && styles['wide'])}>
      <legend className={styles['legend']}>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles['choice']}>
          <input
            className={styles['input']}
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            disabled={choice.disabled ?? false}
            onChange={() => {
              onChange(choice.value);
            }}
          />
          <span>{choice.label}</span>
          {choice.detail !== undefined && <span className={styles['detail']}>{choice.detail}</span>}
        </label>
      ))}
    </fieldset>
  );
}
