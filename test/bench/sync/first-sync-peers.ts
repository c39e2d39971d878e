import { execFileSync, fork, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endChild } from '../../../build/headless/child.ts';
import { launchCommand } from '../../../build/launch-command.ts';
import { projectDir } from '../../../build/paths.ts';
import type { Runtime } from '../../../build/runtime/runtime.ts';
import { privateUserData } from '../../e2e/harness/launch.ts';

/** Milliseconds of each run. */
export type PeerFigures = { floor: number[]; pouch: number[]; pouchTickets: number };

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * What a first sync is measured against, in a bare window of the same Electron: the floor (fetch, decompress, parse,
 * one put a page) and PouchDB pulling the same tickets from a PouchDB server. `file` holds a ticket a line.
 */
export async function measurePeers(
  runtime: Runtime,
  file: string,
  { runs, peerRuns, perPage }: { runs: number; peerRuns: number; perPage: number },
): Promise<PeerFigures> {
  const server = fork(join(here, 'peer-server.ts'), [installPeers(), file, String(perPage)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const data = await privateUserData();
  try {
    const [port, pages] = await firstMatch(server.stdout, /^listening (\d+) (\d+)$/);
    const { executable, args } = launchCommand(runtime, stageWindow());
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const url = `http://127.0.0.1:${port}/?pages=${pages}&runs=${runs}&peerRuns=${peerRuns}`;
    const window = spawn(
      executable,
      [...args, ...sandbox, '--disable-gpu', `--user-data-dir=${data.dir}`, url],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    try {
      return await readFigures(window.stdout);
    } finally {
      await endChild(window);
    }
  } finally {
    await endChild(server);
    await data.remove();
  }
}

/** Peers are no dependencies of the product: a folder of their own, by exact versions and checksums. */
function installPeers(): string {
  const dir = join(projectDir, '.cache', 'bench-peers');
  mkdirSync(dir, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    cpSync(join(here, 'peers', name), join(dir, name));
  if (!existsSync(join(dir, 'node_modules', 'pouchdb')))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: dir,
      stdio: 'inherit',
    });
  return dir;
}

function stageWindow(): string {
  const dir = join(projectDir, 'dist/sync-window');
  cpSync(join(here, '../sync-window'), dir, { recursive: true });
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'peers', main: 'main.mjs' }));
  return dir;
}

async function firstMatch(
  stream: NodeJS.ReadableStream | null,
  pattern: RegExp,
): Promise<[string, string]> {
  if (stream === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: stream })) {
    const [, first, second] = pattern.exec(line) ?? [];
    if (first !== undefined && second !== undefined) return [first, second];
  }
  throw new Error("the peers' server did not start");
}

async function readFigures(stream: NodeJS.ReadableStream): Promise<PeerFigures> {
  for await (const line of createInterface({ input: stream })) {
    if (line.startsWith('failed')) throw new Error(`the peers' page: ${line}`);
    if (!line.startsWith('result ')) continue;
    const { floor, pouch } = JSON.parse(line.slice('result '.length)) as {
      floor: number[];
      pouch: { ms: number; count: number }[];
    };
    return { floor, pouch: pouch.map(({ ms }) => ms), pouchTickets: pouch.at(-1)?.count ?? 0 };
  }
  throw new Error("the peers' window ended early");
}
