import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { pushRequestSchema, pushResponseSchema } from '../../shared/protocol/push.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { problem, problemAnswers, protocolProblem } from '../http/problem-answer.ts';
import { readCommands } from '../sync/parse-commands.ts';
import { deskTime } from '../sync/pull.ts';
import { signedIn } from './signed-in.ts';

const MAX_BODY_BYTES = 32 * 1024 * 1024;

const route = createRoute({
  method: 'post',
  path: '/v1/push',
  summary: "A console's commands in journal order; pushing again gives the same outcomes.",
  security: signedIn,
  request: {
    body: { required: true, content: { 'application/json': { schema: pushRequestSchema } } },
  },
  responses: {
    200: {
      description: 'An answer to each command, in order.',
      content: { 'application/json': { schema: pushResponseSchema } },
    },
    ...problemAnswers(400, 401, 403, 409, 413, 426),
  },
});

export function addPushRoute(app: OpenAPIHono<DeskEnv>, desk: Desk): void {
  app.use(
    route.path,
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c: Context<DeskEnv>) =>
        problem(c, 'too-large', `A push holds at most ${MAX_BODY_BYTES} bytes.`),
    }),
  );
  app.openapi(route, async (c) => {
    const request = c.req.valid('json');
    const tooOld = protocolProblem(c, request.protocol);
    if (tooOld !== null) return tooOld;
    if (request.deskId !== desk.known().deskId)
      return problem(c, 'wrong-desk', 'These commands are meant for another desk.');
    const agent = c.get('agent');
    const { consoleId } = request;
    const commands = readCommands(request.commands, agent.id, consoleId);
    const answers = await desk.push({ agent, consoleId, commands });
    const counter = desk.known();
    return c.json(
      {
        protocol: PROTOCOL_VERSION,
        deskId: counter.deskId,
        epoch: counter.epoch,
        now: deskTime(counter, desk.around.nowMs()),
        version: counter.version,
        answers,
      },
      200,
    );
  });
}
