// Runs in the page of the bare window: the floor and the peer of a first sync, each into its own IndexedDB.
/* global PouchDB */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error(String(request.error))));
  });

const say = (name, ms) => {
  // The bench reads this line.
  console.log(`result ${name} ${ms.toFixed(1)}`); // oxlint-disable-line no-console
};

/** The least that a first sync can be: fetch and decompress, parse, put each page as one record, strictly. */
async function floor(pages, run) {
  const opening = indexedDB.open(`floor-${run}`, 1);
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore('chunks');
  });
  const database = await done(opening);
  const startedAt = performance.now();
  for (let page = 0; page < pages; page += 1) {
    const response = await fetch(`/page/${page}`);
    const rows = await response.json();
    const transaction = database.transaction('chunks', 'readwrite', { durability: 'strict' });
    const ended = new Promise((resolve, reject) => {
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
async function pouch(run) {
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

const query = new URLSearchParams(location.search);
const pages = Number(query.get('pages'));
try {
  for (let run = 0; run < Number(query.get('runs')); run += 1) say('floor', await floor(pages, run));
  for (let run = 0; run < Number(query.get('peerRuns')); run += 1) {
    const { ms, count } = await pouch(run);
    say('pouch-count', count);
    say('pouch', ms);
  }
  say('end', 0);
} catch (thrown) {
  console.log(`failed ${String(thrown)}`); // oxlint-disable-line no-console
}
