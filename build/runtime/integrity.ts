import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Stop } from '../message.ts';

/** Refuses a file whose SHA-512 is not the pinned one (`sha512-` and base64, as npm writes it). */
export async function requireIntegrity(file: string, pinned: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== pinned) {
    throw new Stop(
      [
        'What npm delivered is not what this project was tested with; it is not used.',
        `    file      ${file}`,
        `    expected  ${pinned}`,
        `    found     ${found}`,
        'A cut download: try again. Otherwise something between you and the registry changes packages.',
      ].join('\n'),
    );
  }
}
