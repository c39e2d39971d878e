/** What is used of the package, which brings no types. */
declare module 'fs-native-extensions' {
  /** Takes an exclusive kernel lock on an open file; false where another process holds it. */
  export function tryLock(fd: number): boolean;
  export function unlock(fd: number): void;
}
