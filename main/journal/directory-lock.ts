import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tryLock, unlock } from 'fs-native-extensions';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';

export type DirectoryLock = { release: () => Promise<void> };
export type LockFault = { kind: 'in-use'; message: string };

const WAIT_MS = 3_000;
const RETRY_MS = 50;

/**
 * Takes the kernel lock of a data directory (S10): it goes with the process that holds it, however that ends.
 * Waits up to 3 s for the last holder, then fails and touches nothing. The pid is for the message only.
 */
export async function lockDirectory(
  directory: string,
  waitMs = WAIT_MS,
): Promise<Result<DirectoryLock, LockFault>> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = await open(join(directory, 'lock'), 'a+', 0o600);
  for (let waited = 0; !tryLock(file.fd); waited += RETRY_MS) {
    if (waited >= waitMs) {
      const holder = await file.readFile('utf8').catch(() => '');
      await file.close();
      return err({
        kind: 'in-use',
        message: `${directory} is used by another process (${holder.trim() || 'unknown'}).`,
      });
    }
    await wait(RETRY_MS);
  }
  await file.truncate(0);
  await file.write(`pid ${process.pid}`);
  return ok({
    release: async () => {
      unlock(file.fd);
      await file.close();
    },
  });
}
