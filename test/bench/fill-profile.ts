import { setTimeout as wait } from 'node:timers/promises';
import { launchConsole } from '../e2e/harness/launch.ts';

const LONGEST_MS = 20 * 60_000;

/** Runs a console until its replica holds so many tickets, then ends it in order. Gives how long that took, ms. */
export async function fillProfile(
  userDataDir: string,
  env: Readonly<Record<string, string>>,
  tickets: number,
): Promise<number> {
  const startedAt = performance.now();
  const console_ = await launchConsole({ userDataDir, env });
  try {
    while ((await console_.page.evaluate(countHeads)) < tickets) {
      if (performance.now() - startedAt > LONGEST_MS) throw new Error('the replica does not fill');
      await wait(500);
    }
    return performance.now() - startedAt;
  } finally {
    await console_.close();
  }
}

/** Runs in the page: how many tickets its replica holds, once nothing is to be fetched any more; 0 until then. */
async function countHeads(): Promise<number> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error(String(request.error))));
    });
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await done(indexedDB.open(name));
    if (database.objectStoreNames.contains('chunks')) {
      const tables = database.transaction(['state', 'chunks']);
      const state = (await done(tables.objectStore('state').get('state'))) as
        { cursor: unknown; wanted: number; chunks: number[] } | undefined;
      if (state !== undefined && state.cursor !== null && state.wanted === 0)
        for (const n of state.chunks) {
          const chunk = (await done(tables.objectStore('chunks').get(n))) as { ids: string[] };
          count += chunk.ids.length;
        }
    }
    database.close();
  }
  return count;
}
