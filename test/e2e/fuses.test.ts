import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'vitest';
import { packReleaseDir, testExecutable } from '../../build/pack.ts';
import { findRuntime } from '../../build/runtime.ts';

/** What the fuse wire holds for a fuse that is off or on: the characters `0` and `1`. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

test('[X1] the release has its fuses set, read back from the executable', async () => {
  const runtime = await findRuntime(() => undefined);
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
