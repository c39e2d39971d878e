import { err } from '../base/result.ts';
import type { Err } from '../base/result.ts';
import type { Refusal } from './outcome.ts';

/** A refusal with its words for the agent. */
export function refused(code: Refusal['code'], message: string): Err<Refusal> {
  return err({ code, message });
}
