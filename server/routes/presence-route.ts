import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { presenceRequestSchema } from '../../shared/protocol/presence.ts';
import { maySee } from '../../shared/tickets/may-see.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { problem, problemAnswers, protocolProblem } from '../http/problem-answer.ts';
import { signedIn } from './signed-in.ts';

const MAX_BODY_BYTES = 1024;

const route = createRoute({
  method: 'post',
  path: '/v1/presence',
  summary: 'At which ticket the agent is, said again every 15 s.',
  security: signedIn,
  request: {
    body: { required: true, content: { 'application/json': { schema: presenceRequestSchema } } },
  },
  responses: {
    204: { description: 'Passed on to those who may see the ticket. Nothing is stored.' },
    ...problemAnswers(400, 401, 403, 404, 413, 426),
  },
});

/** Where agents are (S18). Of a ticket that the agent does not see it is as of one that does not exist (S14). */
export function addPresenceRoute(app: OpenAPIHono<DeskEnv>, desk: Desk): void {
  app.use(
    route.path,
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c: Context<DeskEnv>) =>
        problem(c, 'too-large', `This holds at most ${MAX_BODY_BYTES} bytes.`),
    }),
  );
  app.openapi(route, async (c) => {
    const { protocol, consoleId, ticketId, mode } = c.req.valid('json');
    const tooOld = protocolProblem(c, protocol);
    if (tooOld !== null) return tooOld;
    const agent = c.get('agent');
    const place = { agentId: agent.id, consoleId, mode, at: desk.around.nowMs() };
    if (ticketId === null) {
      desk.presence.place({ ...place, ticket: null });
      return c.body(null, 204);
    }
    const [head] = await desk.store.read((snapshot) => snapshot.heads([ticketId]));
    const ticket =
      head === undefined
        ? null
        : { id: head.id, teamId: head.teamId, assigneeId: head.assignee.value };
    if (ticket === null || !maySee(agent, ticket)) {
      // It is no longer where it was, either.
      desk.presence.place({ ...place, ticket: null });
      return problem(c, 'not-found', 'There is no such ticket.');
    }
    desk.presence.place({ ...place, ticket });
    return c.body(null, 204);
  });
}
