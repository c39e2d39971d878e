import { CircleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import styles from './checked-input.module.css';
import { classes } from './classes.ts';
import { Input } from './field.tsx';

/** What an input needs to be tied to its label and fault. */
export type Tied = { id: string; 'aria-invalid': boolean; 'aria-describedby': string };

/** A control under its label, with what is wrong with it below. `id` is where a list of faults leads to. */
export function CheckedField({
  id,
  label,
  hint,
  fault,
  className,
  children,
}: {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  fault: string | null;
  className?: string | undefined;
  children: (tied: Tied) => ReactNode;
}) {
  return (
    <div className={classes(styles['field'], className)}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-invalid': fault !== null, 'aria-describedby': `${id}-says` })}
      <p id={`${id}-says`} className={styles['says']}>
        {fault === null ? hint : <FaultLine text={fault} />}
      </p>
    </div>
  );
}

/** A line of text or a figure, with its unit after it. */
export function CheckedInput({
  id,
  label,
  hint,
  fault,
  unit,
  fieldClass,
  ...rest
}: Omit<ComponentProps<'input'>, 'id'> & {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  fault: string | null;
  unit?: string;
  fieldClass?: string | undefined;
}) {
  return (
    <CheckedField id={id} label={label} hint={hint} fault={fault} className={fieldClass}>
      {(tied) => (
        <span className={styles['line']}>
          <Input
            autoComplete="off"
            spellCheck={false}
            {...rest}
            {...tied}
            className={classes(styles['input'], fault !== null && styles['faulty'])}
          />
          {unit !== undefined && <span className={styles['unit']}>{unit}</span>}
        </span>
      )}
    </CheckedField>
  );
}

/** What is wrong, by a sign and in words: colour alone says nothing. */
export function FaultLine({ text }: { text: string }) {
  return (
    <span className={styles['fault']}>
      <CircleAlert size={13} aria-hidden="true" />
      <span>{text}</span>
    </span>
  );
}
