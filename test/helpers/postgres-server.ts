import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const INSTALLED = '/usr/lib/postgresql';

export type PostgresServer = {
  /** Makes an empty database and gives its URL. */
  freshDatabase: () => Promise<string>;
  stop: () => Promise<void>;
};

/**
 * A PostgreSQL of Debian's package in a new folder of its own, on a unix socket in it, so that nothing else on the
 * machine meets it. It does not run as root; where the test does, it runs as the package's user.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), 'desk-pg-'));
  const data = join(folder, 'data');
  const user = unprivileged();
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const own = user ?? {};
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' };
  execFileSync(
    join(bin, 'initdb'),
    ['--pgdata', data, '--username', 'desk', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'],
    { ...own, env, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'],
    { ...own, env, cwd: folder, stdio: 'ignore' },
  );
  const admin = await connect(folder, server);
  let made = 0;
  return {
    freshDatabase: async () => {
      made += 1;
      await admin.query(`create database desk${made}`);
      return urlOf(folder, `desk${made}`);
    },
    stop: async () => {
      await admin.end();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      // A fast shutdown: open transactions are rolled back.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function urlOf(folder: string, database: string): string {
  return `postgresql://desk@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

async function connect(folder: string, server: ChildProcess): Promise<pg.Client> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    const client = new pg.Client({ connectionString: urlOf(folder, 'postgres') });
    try {
      await client.connect();
      return client;
    } catch {
      await wait(50);
    }
  }
  throw new Error('postgres did not start');
}

function binaries(): string {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).toSorted() : [];
  // 15 is what the SQL must stay within; another will do where there is no 15.
  const version = versions.includes('15') ? '15' : versions.at(-1);
  if (version === undefined)
    throw new Error('PostgreSQL is not installed: sudo apt-get install -y postgresql-15');
  return join(INSTALLED, version, 'bin');
}

function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
}
