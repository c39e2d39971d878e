import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import {
  MAX_PUT_BYTES,
  UPLOAD_COMPLETE,
  UPLOAD_OFFSET,
  blobStandingSchema,
} from '../../shared/protocol/blobs.ts';
import { MAX_ATTACHMENT_BYTES, blobHashSchema } from '../../shared/tickets/attachment.ts';
import { readBlob } from '../blobs/read-blob.ts';
import { blobStanding, receivePart } from '../blobs/receive-blob.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from '../http/desk-env.ts';
import { problem, problemAnswers } from '../http/problem-answer.ts';
import { signedIn } from './signed-in.ts';

const path = '/v1/blobs/{hash}';
const params = z.object({ hash: blobHashSchema });
const size = z.coerce.number().int().min(1).max(MAX_ATTACHMENT_BYTES);
const binary = { schema: { type: 'string', format: 'binary' } } as const;

const getRoute = createRoute({
  method: 'get',
  path,
  summary: "A file's bytes. Needs a visible entry that names it.",
  security: signedIn,
  // Of HEAD only.
  request: { params, query: z.object({ size: size.optional() }) },
  responses: {
    200: { description: 'The file', content: { 'application/octet-stream': binary } },
    ...problemAnswers(400, 401, 403, 404),
  },
});

const headRoute = createRoute({
  method: 'head',
  path,
  summary: `Where this agent's upload of a file stands, in ${UPLOAD_OFFSET} and ${UPLOAD_COMPLETE}.`,
  security: signedIn,
  request: { params, query: z.object({ size }) },
  responses: { 200: { description: 'It stands there.' }, ...problemAnswers(400, 401, 403) },
});

const putRoute = createRoute({
  method: 'put',
  path,
  summary: 'The part of a file that begins at an offset; the answer says where to go on.',
  security: signedIn,
  request: {
    params,
    query: z.object({ size, offset: z.coerce.number().int().min(0).max(MAX_ATTACHMENT_BYTES) }),
    body: { required: true, content: { 'application/octet-stream': binary } },
  },
  responses: {
    200: {
      description: 'Where the upload stands now.',
      content: { 'application/json': { schema: blobStandingSchema } },
    },
    ...problemAnswers(400, 401, 403, 413),
  },
});

/** What is sent with a file: nobody's browser shows it, runs it or keeps it (X3). */
const guarded = {
  'Content-Type': 'application/octet-stream',
  'Content-Disposition': 'attachment',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** Files by hash (S16). */
export function addBlobRoutes(app: OpenAPIHono<DeskEnv>, desk: Desk): void {
  app.use(
    '/v1/blobs/*',
    bodyLimit({
      maxSize: MAX_PUT_BYTES,
      onError: (c: Context<DeskEnv>) =>
        problem(c, 'too-large', `A part holds at most ${MAX_PUT_BYTES} bytes.`),
    }),
  );
  // Hono gives HEAD to the handler of GET.
  app.openAPIRegistry.registerPath(headRoute);
  app.openapi(getRoute, async (c) => {
    const agent = c.get('agent');
    const { hash } = c.req.valid('param');
    if (c.req.method === 'HEAD') {
      const { size } = c.req.valid('query');
      if (size === undefined) return problem(c, 'bad-request', 'size: how large is the file?');
      const standing = await blobStanding(desk, agent, { hash, size });
      return c.body('', 200, {
        ...guarded,
        [UPLOAD_OFFSET]: String(standing.offset),
        [UPLOAD_COMPLETE]: standing.whole ? '?1' : '?0',
      });
    }
    const file = await readBlob(desk.store, agent, hash);
    if (file === null) return problem(c, 'not-found', 'There is no such file for you here.');
    return c.body(file.stream, 200, { ...guarded, 'Content-Length': String(file.size) });
  });
  app.openapi(putRoute, async (c) => {
    const { hash } = c.req.valid('param');
    const { size, offset: at } = c.req.valid('query');
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const standing = await receivePart(desk, c.get('agent'), { hash, size, at, bytes });
    if (standing.ok) return c.json(standing.value, 200);
    const { kind, message } = standing.error;
    return problem(c, kind === 'too-much' ? 'too-large' : 'bad-request', message);
  });
}
