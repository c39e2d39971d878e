import { newestBackup } from './backup-files.ts';

/** What to do about a data directory whose database does not open, in words. */
export async function howToRestore(directory: string): Promise<string> {
  const newest = await newestBackup(directory);
  return newest === null
    ? 'There is no backup of it.'
    : `Put the newest backup back with: npm run desk -- restore ${newest} --data ${directory}`;
}
