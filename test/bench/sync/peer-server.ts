// The peers' server: pages for the floor, and a PouchDB server (express-pouchdb, in memory) with a document a ticket.
// Started by first-sync-peers.ts with: the peers' folder, a file of tickets (a JSON line each), tickets a page.
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

/** As much of the peers as is used here: they bring no types. */
type Pouch = { bulkDocs: (docs: readonly object[]) => Promise<unknown> };
type PouchConstructor = (new (name: string) => Pouch) & {
  plugin: (plugin: unknown) => PouchConstructor;
  defaults: (options: Record<string, string>) => PouchConstructor;
};
type Response = {
  type: (name: string) => Response;
  set: (headers: Record<string, string>) => Response;
  send: (body: string | Buffer | undefined) => void;
};
type Handler = (request: { params: Record<string, string> }, response: Response) => void;
type App = {
  get: (path: string, handler: Handler) => void;
  use: (path: string, handler: unknown) => void;
  listen: (port: number, host: string, listening: () => void) => Server;
};
type Ticket = { head: { id: string } };

const [peersDir = '', file = '', perPage = '500'] = process.argv.slice(2);
const load = createRequire(join(peersDir, 'package.json'));
const express = load('express') as () => App;
const expressPouch = load('express-pouchdb') as (
  base: PouchConstructor,
  options: object,
) => unknown;
const Memory = (load('pouchdb') as PouchConstructor)
  .plugin(load('pouchdb-adapter-memory'))
  .defaults({ adapter: 'memory' });
const tickets = new Memory('tickets');
const pages: Buffer[] = [];

async function keepPage(lines: readonly string[]): Promise<void> {
  const text = `[${lines.join(',')}]`;
  pages.push(brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }));
  const page = JSON.parse(text) as Ticket[];
  await tickets.bulkDocs(page.map((each) => ({ _id: each.head.id, ...each })));
}

let lines: string[] = [];
for await (const line of createInterface({ input: createReadStream(file) })) {
  lines.push(line);
  if (lines.length < Number(perPage)) continue;
  await keepPage(lines);
  lines = [];
}
if (lines.length > 0) await keepPage(lines);

const pagePath = fileURLToPath(new URL('../sync-window/page.ts', import.meta.url));
const pageScript = stripTypeScriptTypes(readFileSync(pagePath, 'utf8'));
const pouchScript = readFileSync(join(peersDir, 'node_modules/pouchdb/dist/pouchdb.min.js'));
const app = express();
app.get('/', (_request, response) => {
  response
    .type('html')
    .send(
      '<!doctype html><title>Peers</title><script src="/pouch.js"></script><script src="/page.js" defer></script>',
    );
});
app.get('/pouch.js', (_request, response) => {
  response.type('js').send(pouchScript);
});
app.get('/page.js', (_request, response) => {
  response.type('js').send(pageScript);
});
app.get('/page/:number', (request, response) => {
  response.set({ 'Content-Type': 'application/json', 'Content-Encoding': 'br' });
  response.send(pages[Number(request.params['number'])]);
});
app.use('/db', expressPouch(Memory, { inMemoryConfig: true, logPath: '/dev/null' }));
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port} ${pages.length}\n`);
});
process.once('disconnect', () => process.exit(0));
