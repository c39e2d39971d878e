// The peers' server: pages for the floor, and a PouchDB server (express-pouchdb, in memory) with a document a ticket.
// Started by first-sync-peers.ts with: the peers' folder, a file of tickets (a JSON line each), tickets a page.
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { brotliCompressSync, constants } from 'node:zlib';

const [peersDir = '', file = '', perPage = '500'] = process.argv.slice(2);
const require = createRequire(join(peersDir, 'package.json'));
const express = require('express');
const PouchDB = require('pouchdb').plugin(require('pouchdb-adapter-memory'));
const here = import.meta.dirname;
const pouchScript = readFileSync(join(peersDir, 'node_modules/pouchdb/dist/pouchdb.min.js'));
const pageScript = readFileSync(join(here, '../sync-window/page.mjs'));

const Memory = PouchDB.defaults({ adapter: 'memory' });
const tickets = new Memory('tickets');
const pages = [];
let lines = [];
async function flush() {
  if (lines.length === 0) return;
  const text = `[${lines.join(',')}]`;
  pages.push(brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
  await tickets.bulkDocs(JSON.parse(text).map((each) => ({ _id: each.head.id, ...each })));
  lines = [];
}
for await (const line of createInterface({ input: createReadStream(file) })) {
  lines.push(line);
  if (lines.length === Number(perPage)) await flush();
}
await flush();

const app = express();
app.get('/', (_request, response) => {
  response.type('html').send(
    '<!doctype html><title>Peers</title><script src="/pouch.js"></script><script type="module" src="/page.mjs"></script>',
  );
});
app.get('/pouch.js', (_request, response) => {
  response.type('js').send(pouchScript);
});
app.get('/page.mjs', (_request, response) => {
  response.type('js').send(pageScript);
});
app.get('/page/:number', (request, response) => {
  response.set({ 'Content-Type': 'application/json', 'Content-Encoding': 'br' });
  response.send(pages[Number(request.params.number)]);
});
app.use('/db', require('express-pouchdb')(Memory, { inMemoryConfig: true, logPath: '/dev/null' }));
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${server.address().port} ${pages.length}\n`);
});
process.once('disconnect', () => process.exit(0));
