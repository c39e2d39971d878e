import { join } from 'node:path';
import { build } from 'electron-builder';
import type { Configuration } from 'electron-builder';
import { bundleDirs } from './bundle.ts';
import type { BundleKind } from './bundle.ts';
import { Stop } from './message.ts';
import { projectDir } from './paths.ts';
import type { Runtime } from './runtime/runtime.ts';
import { stageApp } from './stage.ts';

/** Where {@link packTestDir} and {@link packReleaseDir} leave the executable on Linux. */
export const testExecutable = join(projectDir, 'dist/test/linux-unpacked/agent-console');
export const releaseExecutable = join(projectDir, 'dist/release/linux-unpacked/agent-console');

/** The folder that the end-to-end tests drive: the release but for the inspect fuse and what the test bundle has. */
export async function packTestDir(runtime: Runtime): Promise<string> {
  const change = {
    directories: { output: 'dist/test', buildResources: 'dist/test-bundle/icons' },
    linux: { icon: 'dist/test-bundle/icons' },
    electronFuses: { enableNodeCliInspectArguments: true },
  };
  await pack(runtime, change, true, 'test');
  return testExecutable;
}

/** The release as a folder, with the fuses of the release. */
export async function packReleaseDir(runtime: Runtime): Promise<string> {
  await pack(runtime, {}, true);
  return releaseExecutable;
}

/** The real targets of this platform. The carried runtime is not for them. */
export async function packTargets(runtime: Runtime): Promise<string> {
  if (runtime.source === 'carried') {
    throw new Stop(
      'A release is packed with the official Electron, which could not be fetched here. Set ' +
        'ELECTRON_OVERRIDE_DIST_PATH to one, or pack a folder to look at: npm run package -- --dir',
    );
  }
  await pack(runtime, {}, false);
  return join(projectDir, 'dist/release');
}

async function pack(
  runtime: Runtime,
  change: Configuration,
  dir: boolean,
  kind: BundleKind = 'release',
): Promise<void> {
  stageApp(bundleDirs[kind]);
  await build({
    projectDir,
    dir,
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      ...change,
      electronDist: runtime.distPath,
      electronVersion: runtime.version,
    },
  });
}
