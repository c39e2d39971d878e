import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { DeskEnv } from '../http/desk-env.ts';

const route = createRoute({
  method: 'get',
  path: '/v1/healthz',
  summary: 'Is the desk there? Needs no sign-in.',
  responses: {
    200: {
      description: 'It is.',
      content: { 'application/json': { schema: z.object({ ok: z.literal(true) }) } },
    },
  },
});

export function addHealthRoute(app: OpenAPIHono<DeskEnv>): void {
  app.openapi(route, (c) => c.json({ ok: true as const }, 200));
}
