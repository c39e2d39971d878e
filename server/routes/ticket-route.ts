import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { idSchema } from '../../shared/base/ids.ts';
import { entrySchema } from '../../shared/tickets/entry.ts';
import { ticketHeadSchema } from '../../shared/tickets/head.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { maySee } from '../../shared/tickets/may-see.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { problem, problemAnswers } from '../http/problem-answer.ts';
import { readTicket } from '../sync/read-ticket.ts';
import { signedIn } from './signed-in.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/tickets/{id}',
  summary: 'One ticket as it is now, with its timeline.',
  security: signedIn,
  request: { params: z.object({ id: idSchema }) },
  responses: {
    200: {
      description: 'The ticket',
      content: {
        'application/json': {
          schema: z.object({ head: ticketHeadSchema, entries: z.array(entrySchema) }),
        },
      },
    },
    ...problemAnswers(400, 401, 403, 404),
  },
});

export function addTicketRoute(app: OpenAPIHono<DeskEnv>, desk: Desk): void {
  app.openapi(route, async (c) => {
    const ticket = await readTicket(desk.store, c.req.valid('param').id);
    return ticket === null || !isVisible(c.get('agent'), ticket.head)
      ? problem(c, 'not-found', 'There is no such ticket.')
      : c.json(ticket, 200);
  });
}

/** One that is not theirs is as one that is not there (S14). */
function isVisible(agent: Agent, { teamId, assignee }: TicketHead): boolean {
  return maySee(agent, { teamId, assigneeId: assignee.value });
}
