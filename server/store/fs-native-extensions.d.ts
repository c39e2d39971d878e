/** The part that is used of a package without types. */
declare module 'fs-native-extensions' {
  /** Takes an exclusive lock on the whole file; false where another descriptor holds it. Ends with the process. */
  export function tryLock(fd: number): boolean;
  export function unlock(fd: number): void;
}
