/** Ends every switch over a union: a member that was forgotten fails to compile, and throws if it arrives anyway. */
export function unreachable(value: never): never {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
}

/** A broken invariant is a bug of ours, so it throws. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`broken invariant: ${message}`);
}
