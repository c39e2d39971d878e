// Runs in the page of the bare window: the floor and the peer of a first sync, each into its own IndexedDB.
// Served with its types stripped, so it imports nothing.

type Pouch = {
  replicate: { from: (url: string, options: Record<string, number>) => Promise<unknown> };
  info: () => Promise<{ doc_count: number }>;
  destroy: () => Promise<unknown>;
};
declare const PouchDB: new (name: string, options: Record<string, boolean>) => Pouch;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error(String(request.error))));
  });

/** The bench reads what stands in the title. */
const say = (text: string): void => {
  document.title = text;
};

/** The least that a first sync can be: fetch and decompress, parse, put each page as one record, strictly. */
async function floor(pages: number, run: number): Promise<number> {
  const opening = indexedDB.open(`floor-${run}`, 1);
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore('chunks');
  });
  const database = await done(opening);
  const startedAt = performance.now();
  for (let page = 0; page < pages; page += 1) {
    const response = await fetch(`/page/${page}`);
    const rows: unknown = await response.json();
    const transaction = database.transaction('chunks', 'readwrite', { durability: 'strict' });
    const ended = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => reject(new Error('aborted')));
    });
    transaction.objectStore('chunks').put(rows, page);
    await ended;
  }
  const ms = performance.now() - startedAt;
  database.close();
  await done(indexedDB.deleteDatabase(`floor-${run}`));
  return ms;
}

/** PouchDB pulling the same tickets from a PouchDB server, one document a ticket. */
async function pouch(run: number): Promise<{ ms: number; count: number }> {
  const local = new PouchDB(`pouch-${run}`, { auto_compaction: true });
  const startedAt = performance.now();
  await local.replicate.from(`${location.origin}/db/tickets`, {
    batch_size: 500,
    batches_limit: 4,
  });
  const ms = performance.now() - startedAt;
  const { doc_count: count } = await local.info();
  await local.destroy();
  return { ms, count };
}

async function measure(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const floors: number[] = [];
  const peers: { ms: number; count: number }[] = [];
  for (let run = 0; run < Number(query.get('runs')); run += 1)
    floors.push(await floor(Number(query.get('pages')), run));
  for (let run = 0; run < Number(query.get('peerRuns')); run += 1) peers.push(await pouch(run));
  say(`result ${JSON.stringify({ floor: floors, pouch: peers })}`);
}

measure().catch((thrown: unknown) => {
  say(`failed ${String(thrown)}`);
});
