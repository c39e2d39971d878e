import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { fetchRowsRequestSchema } from '../../shared/protocol/fetch-rows.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { pageAnswer } from '../http/page-answer.ts';
import { problem, problemAnswers, protocolProblem } from '../http/problem-answer.ts';
import { fetchRows } from '../sync/fetch-rows.ts';
import { signedIn } from './signed-in.ts';

const MAX_BODY_BYTES = 64 * 1024;

const route = createRoute({
  method: 'post',
  path: '/v1/rows',
  summary: 'Tickets by id, as they are now.',
  security: signedIn,
  request: {
    body: { required: true, content: { 'application/json': { schema: fetchRowsRequestSchema } } },
  },
  responses: {
    200: {
      description:
        'A page of three parts, each a UTF-8 JSON text after its length in bytes as 32-bit big-endian: ' +
        'FetchedEnvelope, PageRows, PageEntries (see the schemas). Brotli where the client takes it.',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    },
    ...problemAnswers(400, 401, 403, 409, 413, 426),
  },
});

export function addRowsRoute(app: OpenAPIHono<DeskEnv>, desk: Desk): void {
  app.use(
    route.path,
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c: Context<DeskEnv>) =>
        problem(c, 'too-large', `A request for rows holds at most ${MAX_BODY_BYTES} bytes.`),
    }),
  );
  app.openapi(route, async (c) => {
    const request = c.req.valid('json');
    const tooOld = protocolProblem(c, request.protocol);
    if (tooOld !== null) return tooOld;
    const page = await fetchRows(desk.store, request, c.get('agent').id, desk.around.nowMs());
    if (!page.ok) return problem(c, page.error.kind, page.error.message);
    return pageAnswer(c, page.value);
  });
}
