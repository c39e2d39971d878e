import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import type { SSEStreamingApi } from 'hono/streaming';
import { POKE_HEARTBEAT_MS } from '../../shared/protocol/poke.ts';
import type { Poke } from '../../shared/protocol/poke.ts';
import type { Desk } from '../desk.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { problemAnswers } from '../http/problem-answer.ts';
import { presenceFor } from '../presence/news-for.ts';
import { signedIn } from './signed-in.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/poke',
  summary: 'A stream that says when there is something to pull.',
  security: signedIn,
  responses: {
    200: {
      description:
        'Server-sent events: `poke` with the newest version as {"version": n}, at once and after each ' +
        'commit; `presence` with who is at which ticket (PresenceNews), at once and when that changes; ' +
        '`heartbeat` every 15 s of silence.',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    ...problemAnswers(401, 403),
  },
});

export function addPokeRoute(
  app: OpenAPIHono<DeskEnv>,
  desk: Desk,
  closing: AbortSignal,
  heartbeatMs = POKE_HEARTBEAT_MS,
): void {
  app.openapi(route, (c) =>
    streamSSE(c, (stream) => poke(stream, desk, { agent: c.get('agent'), closing, heartbeatMs })),
  );
}

/** Pokes until either side ends. A slow reader gets the newest version, not each one. */
async function poke(
  stream: SSEStreamingApi,
  desk: Desk,
  { agent, closing, heartbeatMs }: { agent: Agent; closing: AbortSignal; heartbeatMs: number },
): Promise<void> {
  let wake = (): void => undefined;
  const wakeUp = (): void => wake();
  const isOver = (): boolean => stream.aborted || stream.closed || closing.aborted;
  const stopListening = desk.onCommit(wakeUp);
  const presence = presenceFor(agent, desk.presence, wakeUp);
  stream.onAbort(wakeUp);
  closing.addEventListener('abort', wakeUp);
  let sent = -1;
  try {
    while (!isOver()) {
      const { version } = desk.known();
      if (version > sent) {
        sent = version;
        await stream.writeSSE({
          event: 'poke',
          data: JSON.stringify({ version } satisfies Poke),
        });
        continue;
      }
      const news = presence.take();
      if (news !== null) {
        await stream.writeSSE({ event: 'presence', data: JSON.stringify(news) });
        continue;
      }
      const isSilent = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), heartbeatMs);
        wake = () => {
          clearTimeout(timer);
          resolve(false);
        };
      });
      // Without data a reader would drop the event.
      if (isSilent && !isOver()) await stream.writeSSE({ event: 'heartbeat', data: '{}' });
    }
  } finally {
    stopListening();
    presence.stop();
    closing.removeEventListener('abort', wakeUp);
  }
}
