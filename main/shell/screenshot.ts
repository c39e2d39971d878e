import { writeFile } from 'node:fs/promises';
import type { WebContents } from 'electron';

/** Saves what the page shows once it has painted two more frames. */
export async function saveScreenshot(contents: WebContents, path: string): Promise<void> {
  await contents.executeJavaScript(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
  );
  const image = await contents.capturePage();
  await writeFile(path, image.toPNG());
}
