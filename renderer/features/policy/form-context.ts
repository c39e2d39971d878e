import { createContext, use } from 'react';
import { invariant } from '../../../shared/base/assert.ts';
import type { DocumentFault } from '../../../shared/policy/check-document.ts';
import { faultsAt } from '../../store/policy-faults.ts';
import type { PolicyForm } from '../../store/policy-form.ts';

/** What every control of the form works on. */
export type PolicyFormContext = {
  form: PolicyForm;
  faults: readonly DocumentFault[];
  change: (change: (form: PolicyForm) => Partial<PolicyForm>) => void;
};

export const FormContext = createContext<PolicyFormContext | null>(null);

export function usePolicyForm(): PolicyFormContext {
  const context = use(FormContext);
  invariant(context !== null, 'a control of the policy form stands outside of it');
  return context;
}

/** What is wrong with a setting, or with what is in it; null where nothing is. */
export function faultText(faults: readonly DocumentFault[], path: string): string | null {
  const found = faultsAt(faults, path);
  return found.length === 0 ? null : found.map((fault) => fault.reason).join('; ');
}

/** The id of a setting's control: a list of faults leads there. */
export function controlId(path: string): string {
  return `policy-${path}`;
}

/** Puts the focus on a setting's control, or on that of the nearest setting around it. */
export function focusControl(path: string): void {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const element = document.querySelector<HTMLElement>(
      `#${CSS.escape(controlId(parts.slice(0, length).join('.')))}`,
    );
    if (element === null) continue;
    // A control in something folded cannot take the focus.
    element.closest('details:not([open])')?.setAttribute('open', '');
    element.focus();
    element.scrollIntoView({ block: 'center' });
    return;
  }
  document.querySelector<HTMLElement>(`#${controlId('text')}`)?.focus();
}
