import { report } from './figures.ts';
import { firstSync } from './sync/first-sync.ts';

/** `npm run bench -- first-sync [--json FILE]`: some minutes, most of them PouchDB's. */
report('first-sync', null, 1, await firstSync());
