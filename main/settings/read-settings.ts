import { readFileSync, renameSync } from 'node:fs';
import { defaultSettings, settingsSchema } from './settings-schema.ts';
import type { Settings } from './settings-schema.ts';

/** Reads the settings file. A damaged one is set aside under the name in `keptAs`, and the defaults are used. */
export function readSettings(
  path: string,
  nowMs: number,
): { settings: Settings; keptAs: string | null } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // There is none yet.
    return { settings: defaultSettings, keptAs: null };
  }
  const settings = parseSettings(text);
  if (settings !== null) return { settings, keptAs: null };
  const keptAs = `${path}.damaged-${nowMs}`;
  renameSync(path, keptAs);
  return { settings: defaultSettings, keptAs };
}

function parseSettings(text: string): Settings | null {
  try {
    return settingsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
