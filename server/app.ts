import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { authenticate } from './http/authenticate.ts';
import type { DeskEnv } from './http/desk-env.ts';
import { knownHostOnly } from './http/loopback-host.ts';
import { problem } from './http/problem-answer.ts';
import type { Desk } from './desk.ts';
import { addBlobRoutes } from './routes/blob-route.ts';
import { addDeskRoute } from './routes/desk-route.ts';
import { addHealthRoute } from './routes/health-route.ts';
import { addPokeRoute } from './routes/poke-route.ts';
import { addPresenceRoute } from './routes/presence-route.ts';
import { addPolicyRoutes } from './routes/policy-route.ts';
import { addPullRoute } from './routes/pull-route.ts';
import { addRowsRoute } from './routes/rows-route.ts';
import { addPushRoute } from './routes/push-route.ts';
import { addTicketRoute } from './routes/ticket-route.ts';
import { describeApi } from './routes/api-description.ts';

export type AppOptions = {
  /** Answer only to requests for a loopback name, or one of these; null answers to all. */
  publicHosts: readonly string[] | null;
  /** Aborted when the desk stops: ends the poke streams. */
  closing: AbortSignal;
};

/** The desk's HTTP interface (X5): every route, each described at /openapi.json. */
export function createApp(desk: Desk, options: AppOptions): OpenAPIHono<DeskEnv> {
  const app = new OpenAPIHono<DeskEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const issue = result.error.issues[0];
      const where = issue?.path.map(String).join('.') ?? '';
      return problem(c, 'bad-request', `${where}: ${issue?.message ?? 'not valid'}`);
    },
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500)
      return problem(c, 'bad-request', error.message);
    desk.around.log(`${c.req.method} ${c.req.path}: ${error.name}`);
    return problem(c, 'internal', 'The desk failed at this; its log says more.');
  });
  app.notFound((c) => problem(c, 'not-found', 'There is nothing at this address.'));

  if (options.publicHosts !== null) app.use('*', knownHostOnly(options.publicHosts));
  addHealthRoute(app);
  describeApi(app);
  app.use('/v1/*', authenticate(desk));
  addDeskRoute(app, desk);
  addPolicyRoutes(app, desk);
  addPullRoute(app, desk);
  addRowsRoute(app, desk);
  addPushRoute(app, desk);
  addPokeRoute(app, desk, options.closing);
  addPresenceRoute(app, desk);
  addTicketRoute(app, desk);
  addBlobRoutes(app, desk);
  return app;
}
