import { open } from 'node:fs/promises';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { diskWords } from '../disk-words.ts';

/** Writes a file where the agent said, never as one that can be run (S16, X3). The error is for the agent. */
export async function saveFile(path: string, bytes: Uint8Array): Promise<Result<void, string>> {
  try {
    const file = await open(path, 'w', 0o600);
    try {
      // Also where it takes the place of one that could.
      const { mode } = await file.stat();
      await file.chmod(mode & 0o666);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return ok(undefined);
  } catch (thrown) {
    return err(diskWords(thrown));
  }
}
