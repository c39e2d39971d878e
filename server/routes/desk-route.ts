import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { deskInfoSchema } from '../../shared/protocol/desk-info.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { problemAnswers } from '../http/problem-answer.ts';
import { deskTime } from '../sync/pull.ts';
import { signedIn } from './signed-in.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/desk',
  summary: 'Which desk this is, its time, and who the token stands for.',
  security: signedIn,
  responses: {
    200: { description: 'The desk', content: { 'application/json': { schema: deskInfoSchema } } },
    ...problemAnswers(401, 403),
  },
});

export function addDeskRoute(app: OpenAPIHono<DeskEnv>, desk: Desk): void {
  app.openapi(route, async (c) => {
    const counter = desk.current() ?? (await desk.store.read((snapshot) => snapshot.counter()));
    return c.json(
      {
        protocol: PROTOCOL_VERSION,
        deskId: counter.deskId,
        epoch: counter.epoch,
        now: deskTime(counter, desk.around.nowMs()),
        version: counter.version,
        epochVersion: counter.epochVersion,
        agent: c.get('agent'),
        demo: counter.demo,
      },
      200,
    );
  });
}
