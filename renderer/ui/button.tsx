import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';

export type ButtonLook = 'plain' | 'primary' | 'danger' | 'quiet' | 'link';

export type ButtonProps = ComponentProps<'button'> & {
  look?: ButtonLook;
  /** Shows it as the one chosen of several. */
  on?: boolean;
};

/** Every button of the console, also as the trigger of a menu. */
export function Button({ look = 'plain', on = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(
        styles['button'],
        look !== 'plain' && styles[look],
        on && styles['on'],
        className,
      )}
    />
  );
}
