import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isLead } from '../../shared/base/roles.ts';
import {
  policyAnswerSchema,
  policyPreviewRequestSchema,
  policySaveRequestSchema,
} from '../../shared/protocol/policy-edit.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { problem, problemAnswers, protocolProblem } from '../http/problem-answer.ts';
import { changePolicy, previewPolicy } from '../policy/change-policy.ts';
import { signedIn } from './signed-in.ts';

const MAX_BODY_BYTES = 512 * 1024;

const answers = {
  200: {
    description: 'What it does, or why it is refused; a refused document changes nothing.',
    content: { 'application/json': { schema: policyAnswerSchema } },
  },
  ...problemAnswers(400, 401, 403, 413, 426),
};

const preview = createRoute({
  method: 'post',
  path: '/v1/policy/preview',
  summary: 'What a policy document would do to the open tickets, were it in force now (leads).',
  security: signedIn,
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: policyPreviewRequestSchema } },
    },
  },
  responses: answers,
});

const save = createRoute({
  method: 'post',
  path: '/v1/policy',
  summary: 'Puts a policy document in force (leads).',
  security: signedIn,
  request: {
    body: { required: true, content: { 'application/json': { schema: policySaveRequestSchema } } },
  },
  responses: answers,
});

/** Editing the support policy (C14, C15): for leads, on the desk, never queued. */
export function addPolicyRoutes(app: OpenAPIHono<DeskEnv>, desk: Desk): void {
  for (const path of [preview.path, save.path])
    app.use(
      path,
      bodyLimit({
        maxSize: MAX_BODY_BYTES,
        onError: (c: Context<DeskEnv>) =>
          problem(c, 'too-large', `A policy document holds at most ${MAX_BODY_BYTES} bytes.`),
      }),
    );
  app.openapi(preview, async (c) => {
    const request = c.req.valid('json');
    const refused = protocolProblem(c, request.protocol) ?? leadsOnly(c);
    if (refused !== null) return refused;
    return c.json(await previewPolicy(desk, request.document), 200);
  });
  app.openapi(save, async (c) => {
    const request = c.req.valid('json');
    const refused = protocolProblem(c, request.protocol) ?? leadsOnly(c);
    if (refused !== null) return refused;
    const { document, baseRules } = request;
    const agentId = c.get('agent').id;
    return c.json(await changePolicy(desk, { document, baseRules, agentId }), 200);
  });
}

function leadsOnly(c: Context<DeskEnv>) {
  return isLead(c.get('agent').role)
    ? null
    : problem(c, 'forbidden', 'Only a lead changes the support policy.');
}
