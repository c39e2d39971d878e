import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { pullRequestSchema } from '../../shared/protocol/pull.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { pageAnswer } from '../http/page-answer.ts';
import { problem, problemAnswers, protocolProblem } from '../http/problem-answer.ts';
import { pullPage } from '../sync/pull.ts';
import { signedIn } from './signed-in.ts';

const MAX_BODY_BYTES = 16 * 1024;

const route = createRoute({
  method: 'post',
  path: '/v1/pull',
  summary: 'What changed after a cursor.',
  security: signedIn,
  request: {
    body: { required: true, content: { 'application/json': { schema: pullRequestSchema } } },
  },
  responses: {
    200: {
      description:
        'A page of three parts, each a UTF-8 JSON text after its length in bytes as 32-bit big-endian: ' +
        'PageEnvelope, PageRows, PageEntries (see the schemas). Brotli where the client takes it.',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    },
    ...problemAnswers(400, 401, 403, 409, 413, 426),
  },
});

export function addPullRoute(app: OpenAPIHono<DeskEnv>, desk: Desk): void {
  app.use(
    route.path,
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c: Context<DeskEnv>) =>
        problem(c, 'too-large', `A pull holds at most ${MAX_BODY_BYTES} bytes.`),
    }),
  );
  app.openapi(route, async (c) => {
    const request = c.req.valid('json');
    const tooOld = protocolProblem(c, request.protocol);
    if (tooOld !== null) return tooOld;
    const page = await pullPage(
      desk.store,
      request,
      c.get('agent').id,
      desk.current(),
      desk.around.nowMs(),
    );
    if (!page.ok) return problem(c, page.error.kind, page.error.message);
    return pageAnswer(c, page.value);
  });
}
