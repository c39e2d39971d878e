import { writeFile } from 'node:fs/promises';
import type { WebContents } from 'electron';
import type { Log } from '../log.ts';

/** Saves what the page shows once it has painted two more frames. */
async function saveScreenshot(contents: WebContents, path: string): Promise<void> {
  await contents.executeJavaScript(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
  );
  const image = await contents.capturePage();
  await writeFile(path, image.toPNG());
}

/** Saves the first full picture there, if it is wished at all; later ones are left. */
export function firstPicture(path: string | undefined, log: Log): (contents: WebContents) => void {
  let taken = path === undefined;
  return (contents) => {
    if (taken || path === undefined) return;
    taken = true;
    saveScreenshot(contents, path).then(
      () => process.stdout.write(`screenshot ${path}\n`),
      (thrown: unknown) => {
        log.error(`screenshot: ${String(thrown)}`);
      },
    );
  };
}
