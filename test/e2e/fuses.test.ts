import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, bundleDirs } from '../../build/bundle.ts';
import type { BundleKind } from '../../build/bundle.ts';
import { packReleaseDir, testExecutable } from '../../build/pack.ts';
import { findRuntime } from '../../build/runtime.ts';
import { failpointNames } from '../../shared/base/failpoint.ts';

/** What the fuse wire holds for a fuse that is off or on: the characters `0` and `1`. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

test('[X1] the release has its fuses set, read back from the executable', async () => {
  const runtime = await findRuntime(() => undefined);
  bundle(() => undefined);
  const wire = await getCurrentFuseWire(await packReleaseDir(runtime));
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: OFF,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
    [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
    [FuseV1Options.OnlyLoadAppFromAsar]: ON,
    [FuseV1Options.EnableCookieEncryption]: ON,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
  });
});

test('[X1] the build that the tests drive differs in the inspect fuse only', async () => {
  const wire = await getCurrentFuseWire(testExecutable);
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: OFF,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
    [FuseV1Options.EnableNodeCliInspectArguments]: ON,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
    [FuseV1Options.OnlyLoadAppFromAsar]: ON,
    [FuseV1Options.EnableCookieEncryption]: ON,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
  });
});

/** The failpoints that stand in a bundle's scripts by name. */
function failpointsIn(kind: BundleKind): string[] {
  const scripts = readdirSync(bundleDirs[kind], { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.c?js$/.test(name))
    .map((name) => readFileSync(join(bundleDirs[kind], name), 'utf8'));
  expect(scripts.length).toBeGreaterThan(3);
  return failpointNames.filter((name) => scripts.some((text) => text.includes(name)));
}

test('[S5] a release can be armed at no failpoint; the build that the tests drive at each of its own', () => {
  bundle(() => undefined);
  expect(failpointsIn('release')).toEqual([]);
  expect(failpointsIn('test')).toEqual(expect.arrayContaining([...failpointNames]));
});
