/** Why the disk did not take it, without the insides of the error. */
export function diskWords(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown fault';
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? 'The disk is full.'
    : `The disk did not take it (${code}).`;
}
