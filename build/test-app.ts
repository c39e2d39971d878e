import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, bundleStamp } from './bundle.ts';
import { packTestDir, testExecutable } from './pack.ts';
import { projectDir } from './paths.ts';
import { findRuntime } from './runtime.ts';
import type { Runtime } from './runtime/runtime.ts';

const stampFile = join(projectDir, 'dist', '.test-packed-from');

/** Bundles and packs what the end-to-end tests and benches drive, unless it is up to date. */
export async function prepareTestApp(say: (line: string) => void): Promise<Runtime> {
  const runtime = await findRuntime(say);
  bundle(say, 'test');
  const stamp = `${bundleStamp()} ${runtime.distPath} ${readFileSync(join(projectDir, 'electron-builder.yml'), 'utf8')}`;
  const isCurrent =
    existsSync(testExecutable) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === stamp;
  if (isCurrent) return runtime;
  const startedAt = performance.now();
  await packTestDir(runtime);
  writeFileSync(stampFile, stamp);
  say(`Packed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  return runtime;
}
