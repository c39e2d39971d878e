import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createApp } from '../app.ts';
import type { Desk } from '../desk.ts';
import { isLoopback } from './loopback-host.ts';
import { quickPull } from './quick-pull.ts';

export type Listener = {
  /** Where it listens, such as http://127.0.0.1:40123. */
  url: string;
  /** Ends all streams and connections. */
  close: () => Promise<void>;
};

/** Longer than a console's pull interval of 60 s, so that its connection stays. */
const KEEP_ALIVE_MS = 75_000;

/** Serves a desk over HTTP. Port 0 takes any free one. Rejects where the address cannot be had. */
export async function listen(
  desk: Desk,
  {
    host,
    port,
    publicHosts = [],
  }: {
    host: string;
    port: number;
    /** Names that a proxy in front of a loopback address is known by. */
    publicHosts?: readonly string[];
  },
): Promise<Listener> {
  const closing = new AbortController();
  const app = createApp(desk, {
    publicHosts: isLoopback(host) ? publicHosts : null,
    closing: closing.signal,
  });
  const framework = getRequestListener(app.fetch);
  const server = createServer(quickPull(desk, (...given) => void framework(...given)));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
