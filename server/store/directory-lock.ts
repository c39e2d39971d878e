import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tryLock, unlock } from 'fs-native-extensions';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';

export type DirectoryLock = { release: () => void };

/** `pid` is what the holder wrote; null where it cannot be read. */
export type InUse = { kind: 'in-use'; pid: number | null; message: string };

export const LOCK_WAIT_MS = 3_000;
const LOCK_RETRY_MS = 50;

/**
 * Takes the kernel lock of a data directory (S10): held by this process until released or until it ends, however
 * it ends. Waits up to `waitMs` for another holder, then says who it is and has touched nothing.
 */
export async function lockDirectory(
  directory: string,
  waitMs = LOCK_WAIT_MS,
): Promise<Result<DirectoryLock, InUse>> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Not truncated: the pid in it is the holder's. A number, so that it is closed by nobody but us.
  const fd = openSync(join(directory, 'lock'), 'a+', 0o600);
  const tries = Math.ceil(waitMs / LOCK_RETRY_MS);
  for (let tried = 0; !tryLock(fd); tried += 1) {
    if (tried >= tries) {
      const pid = readPid(fd);
      closeSync(fd);
      return err({
        kind: 'in-use',
        pid,
        message: `${directory} is in use by process ${pid ?? '(unknown)'}`,
      });
    }
    await wait(LOCK_RETRY_MS);
  }
  ftruncateSync(fd);
  writeSync(fd, `${process.pid}\n`);
  return ok({
    release: () => {
      unlock(fd);
      closeSync(fd);
    },
  });
}

function readPid(fd: number): number | null {
  const bytes = Buffer.alloc(32);
  const length = readSync(fd, bytes, 0, bytes.length, 0);
  const pid = Number.parseInt(bytes.toString('utf8', 0, length), 10);
  return Number.isNaN(pid) ? null : pid;
}
