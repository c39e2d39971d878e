import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { ok } from '../../../shared/base/result.ts';
import type { Result } from '../../../shared/base/result.ts';
import { thisMachine } from '../../surroundings.ts';
import type { NewStore, Store } from '../contract.ts';
import { newsroom } from '../news.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { listenForNews } from './listening.ts';
import type { Line, LineEvents } from './listening.ts';
import { NEWS_CHANNEL, sqlStore } from './sql-store.ts';
import type { Tables } from './tables.ts';

const MAX_CONNECTIONS = 10;

/** Names the connection that listens, for who looks at pg_stat_activity. */
export const LISTENER_NAME = 'desk-news';

/** The store on a PostgreSQL server, 15 or later. `log` hears of connections that break while idle. */
export async function openPostgres(
  url: string,
  fresh: NewStore,
  log: (line: string) => void,
): Promise<Result<Store, string>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    // What is read after the counter's lock must be newer than the lock (S1): not so at other levels.
    options: String.raw`-c default_transaction_isolation=read\ committed`,
  });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', (error) => log(`database: ${error.message}`));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const news = newsroom();
  const opened = await sqlStore(db, fresh, {
    isAlone: false,
    news,
    hearsAll: () => listening.isCurrent(),
    turn: oneAtATime(),
  });
  if (!opened.ok) {
    await db.destroy();
    return opened;
  }
  const store = opened.value;
  const listening = listenForNews({
    open: (events) => openLine(url, events),
    lookAgain: async () => {
      news.tell({ kind: 'counter', counter: await store.read((snapshot) => snapshot.counter()) });
    },
    tell: news.tell,
    processId: randomUUID(),
    steadyMs: () => performance.now(),
    timers: thisMachine(log).timers,
    log,
  });
  return ok({
    ...store,
    tellOthers: listening.tellOthers,
    close: async () => {
      await listening.close();
      await store.close();
    },
  });
}

/** A connection of its own: the pool's come and go. */
async function openLine(url: string, { heard, lost }: LineEvents): Promise<Line> {
  const client = new pg.Client({
    connectionString: url,
    application_name: LISTENER_NAME,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', lost);
  client.on('end', lost);
  client.on('notification', ({ payload }) => heard(payload ?? ''));
  try {
    await client.connect();
    await client.query(`listen ${NEWS_CHANNEL}`);
  } catch (error) {
    client.end().catch(() => undefined);
    throw error;
  }
  const inTurn = oneAtATime();
  return {
    send: (payload) =>
      inTurn(async () => {
        await client.query('select pg_notify($1, $2)', [NEWS_CHANNEL, payload]);
      }),
    // Not waited for: a dead connection never says goodbye.
    end: async () => {
      client.end().catch(() => undefined);
    },
  };
}
