import type { ComponentProps, ReactNode } from 'react';
import { CheckedInput } from '../../ui/checked-input.tsx';
import { controlId, faultText, usePolicyForm } from './form-context.ts';

/** A line or figure of the form, with the faults of its path. */
export function SettingInput({
  path,
  onText,
  ...rest
}: Omit<ComponentProps<typeof CheckedInput>, 'id' | 'fault' | 'onChange' | 'value'> & {
  path: string;
  label: ReactNode;
  value: string;
  onText: (text: string) => void;
}) {
  const { faults } = usePolicyForm();
  return (
    <CheckedInput
      {...rest}
      id={controlId(path)}
      fault={faultText(faults, path)}
      onChange={(event) => {
        onText(event.target.value);
      }}
    />
  );
}
