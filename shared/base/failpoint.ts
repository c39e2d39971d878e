/**
 * Places where a test build may be killed, to prove what a crash right there leaves. By default a failpoint does
 * nothing; a release is bundled with the constant false, and then neither calls nor names are in it.
 */

/** Set by the bundler (electron.vite.config.ts); not there where Node runs the sources. */
declare const FAILPOINTS: boolean | undefined;

/** Whether this build can be armed at all. */
export const withFailpoints = typeof FAILPOINTS === 'undefined' || FAILPOINTS;

export const failpointNames = [
  /** An append, before its bytes are written; then before its fsync; then before the answer. */
  'journal.before-write',
  'journal.after-write',
  'journal.after-fsync',
  /** A new file for the old one: before it has the name; then before the directory's fsync; then after it. */
  'journal.replace-before-rename',
  'journal.replace-after-rename',
  'journal.replace-after-sync',
  /** A page into the watch table. */
  'watch.before-batch',
  'watch.after-batch',
  /** A page into the replica: before its transaction; in it, all written; after it, before main is told. */
  'replica.before-transaction',
  'replica.before-commit',
  'replica.after-commit',
  /** A transaction of the desk, all written; then committed, before any answer. */
  'desk.before-commit',
  'desk.after-commit',
  /** Rows fetched by id, before their answer. */
  'desk.rows',
] as const;
export type FailpointName = (typeof failpointNames)[number];

/** In a test build: what is armed is asked here from the page's side, and told to die below it. */
export const FAILPOINT_PATH = '/failpoint';

let hook: ((name: FailpointName) => void) | null = null;

/** Names this place. Whoever is to die here does not come back from it. */
export function failpoint(name: FailpointName): void {
  if (withFailpoints) hook?.(name);
}

/** Says what failpoints do from now on. */
export function onFailpoint(next: (name: FailpointName) => void): void {
  hook = next;
}

/** Reads `name` or `name:count`: `die` is called at that failpoint, the count-th time it is passed. */
export function dieAt(armed: string, die: () => void): (name: FailpointName) => void {
  const [wanted, count = '1'] = armed.split(':');
  let left = Number(count);
  return (name) => {
    if (name !== wanted) return;
    left -= 1;
    if (left === 0) die();
  };
}
