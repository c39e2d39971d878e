import type { DocumentFault } from '../../shared/policy/check-document.ts';

/** Faults of a setting and of what is in it. */
export function faultsAt(faults: readonly DocumentFault[], path: string): DocumentFault[] {
  return faults.filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`));
}
