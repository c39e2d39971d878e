import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Console } from './console.ts';
import { setContext } from './queue-changed.ts';

/**
 * Reckons by another version of the policy from now on. It comes with the rows of the replica, so that no row is
 * ever shown by rules whose facts it does not hold yet (C14, C16).
 */
export function takePolicy(console: Console, policy: PolicyVersion | null): void {
  if (policy === null || policy.version === console.state.getState().policy?.version) return;
  console.state.setState({ policy: compilePolicy(policy) });
  setContext(console);
}
