import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/**
 * Unpacks the entries of a zip for which `place` gives a path, relative to `targetDir`; others are
 * left out. Modes and symbolic links are kept. A path that leads out of `targetDir` is refused.
 */
export async function unzip(
  zipFile: string,
  targetDir: string,
  place: (name: string) => string | undefined,
): Promise<void> {
  const zip = await openPromise(zipFile);
  for await (const entry of zip.eachEntry()) {
    const path = place(entry.fileName);
    if (path === undefined || entry.fileName.endsWith('/')) continue;
    if (normalize(path).startsWith(`..${sep}`)) throw new Error(`bad path in ${zipFile}: ${path}`);
    const target = join(targetDir, path);
    const mode = entry.externalFileAttributes >>> 16;
    await mkdir(dirname(target), { recursive: true });
    const content = await zip.openReadStreamPromise(entry);
    if ((mode & FILE_TYPE) === SYMBOLIC_LINK) await symlink(await text(content), target);
    else await pipeline(content, createWriteStream(target, { mode: mode & 0o777 }));
  }
}
