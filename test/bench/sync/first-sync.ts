import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { findRuntime } from '../../../build/runtime.ts';
import { packTestDir } from '../../../build/pack.ts';
import { privateUserData } from '../../e2e/harness/launch.ts';
import { benchDesk } from '../bench-desk.ts';
import { compared } from '../figures.ts';
import type { BenchResult } from '../figures.ts';
import { fillProfile } from '../fill-profile.ts';
import { writeCorpus } from './corpus-file.ts';
import { measurePeers } from './first-sync-peers.ts';

const TICKETS = 50_000;
const PER_PAGE = 500;

/**
 * A first sync of 50,000 tickets by the real console, from its start until all stand in its replica, against the floor
 * and against PouchDB in a bare window of the same Electron, in the same run.
 */
export async function firstSync(): Promise<BenchResult[]> {
  const runtime = await findRuntime(() => undefined);
  await packTestDir(runtime);
  const file = join(tmpdir(), `first-sync-${process.pid}.ndjson`);
  const desk = await benchDesk(TICKETS);
  const data = await privateUserData();
  try {
    await writeCorpus(file, TICKETS, Date.now());
    const ours = [await fillProfile(data.dir, desk.env, TICKETS)];
    const peers = await measurePeers(runtime, file, { runs: 3, peerRuns: 1, perPage: PER_PAGE });
    const what = `first sync of ${TICKETS} tickets, with the console's start`;
    return [
      compared(what, 'ms', { atMost: 1.3, text: '<= 1.3x the floor' }, ours, peers.floor),
      compared(
        `${what}, PouchDB`,
        'ms',
        { atMost: 1, text: 'less than PouchDB' },
        ours,
        peers.pouch,
      ),
    ];
  } finally {
    await desk.end();
    await data.remove();
    await rm(file, { force: true });
  }
}
