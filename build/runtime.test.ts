import { expect, test } from 'vitest';
import { Stop } from './message.ts';
import { chooseRuntime } from './runtime.ts';
import type { RuntimeSources } from './runtime.ts';
import type { Runtime } from './runtime/runtime.ts';

function runtimeFrom(source: Runtime['source']): Runtime {
  return { distPath: `/${source}`, executable: `/${source}/electron`, version: '1.2.3', source };
}

/** All places have one; each look is noted. */
function sources(change: Partial<RuntimeSources>): RuntimeSources & { looked: string[] } {
  const looked: string[] = [];
  const note = <T>(name: string, give: () => T): T => {
    looked.push(name);
    return give();
  };
  return {
    looked,
    override: (path) => note(`override ${path}`, () => runtimeFrom('override')),
    presentOfficial: () =>
      note('present', change.presentOfficial ?? (() => runtimeFrom('official'))),
    fetchOfficial: () =>
      note('fetch', change.fetchOfficial ?? (() => Promise.resolve(runtimeFrom('official')))),
    carried: () =>
      note('carried', change.carried ?? (() => Promise.resolve(runtimeFrom('carried')))),
  };
}

const unreachable = (): Promise<Runtime> => Promise.reject(new Error('no route'));

test('the override comes first and nothing else is looked at', async () => {
  const places = sources({});
  const env = { ELECTRON_OVERRIDE_DIST_PATH: '/mine' };
  const runtime = await chooseRuntime(env, places, () => undefined);
  expect(runtime.source).toBe('override');
  expect(places.looked).toEqual(['override /mine']);
});

test('an official binary that is there is not fetched again', async () => {
  const places = sources({});
  const runtime = await chooseRuntime({}, places, () => undefined);
  expect(runtime.source).toBe('official');
  expect(places.looked).toEqual(['present']);
});

test('the official binary is fetched before the carried one is thought of', async () => {
  const places = sources({ presentOfficial: () => undefined });
  const env = { ELECTRON_OVERRIDE_DIST_PATH: '' };
  const runtime = await chooseRuntime(env, places, () => undefined);
  expect(runtime.source).toBe('official');
  expect(places.looked).toEqual(['present', 'fetch']);
});

test('out of reach of the release page the carried one serves, and both facts are said', async () => {
  const said: string[] = [];
  const places = sources({ presentOfficial: () => undefined, fetchOfficial: unreachable });
  const runtime = await chooseRuntime({}, places, (line) => said.push(line));
  expect(runtime.source).toBe('carried');
  expect(places.looked).toEqual(['present', 'fetch', 'carried']);
  expect(said[0]).toContain('cannot be fetched (no route)');
  expect(said[1]).toContain('Electron 1.2.3');
  expect(said[1]).toContain('/carried');
});

test('when the carried one fails too, its message reaches the person', async () => {
  const places = sources({
    presentOfficial: () => undefined,
    fetchOfficial: unreachable,
    carried: () => Promise.reject(new Stop('npm could not fetch it')),
  });
  await expect(chooseRuntime({}, places, () => undefined)).rejects.toThrow(
    'npm could not fetch it',
  );
});
