import { join } from 'node:path';
import Store from 'electron-store';
import type { Time } from '../../shared/base/time.ts';
import type { Log } from '../log.ts';
import { readSettings } from './read-settings.ts';
import type { Settings } from './settings-schema.ts';

export type SettingsStore = {
  get: () => Settings;
  change: (part: Partial<Settings>) => void;
};

/** Opens the settings in a directory. A damaged file is set aside and the defaults are used, said once. */
export function openSettings(directory: string, time: Time, log: Log): SettingsStore {
  const path = join(directory, 'settings.json');
  const read = readSettings(path, time.nowMs());
  if (read.keptAs !== null)
    log.warn(`settings: the file was damaged; it is kept as ${read.keptAs}, the defaults are used`);
  let current = read.settings;
  const store = new Store<Settings>({ cwd: directory, name: 'settings' });
  return {
    get: () => current,
    change: (part) => {
      current = { ...current, ...part };
      try {
        store.set(current);
      } catch (thrown) {
        log.warn(`settings: not saved: ${String(thrown)}`);
      }
    },
  };
}
