import type { Context } from 'hono';
import { brotli } from './compress.ts';
import type { DeskEnv } from './desk-env.ts';

/** A page as the answer, with brotli where the client takes it (S15). */
export async function pageAnswer(c: Context<DeskEnv>, page: Uint8Array) {
  const headers = { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' };
  const packed = await brotli(page, c.req.header('accept-encoding'));
  return packed === null
    ? c.body(asBody(page), 200, headers)
    : c.body(asBody(packed), 200, { ...headers, 'Content-Encoding': 'br' });
}

/** Our pages never lie in shared memory, which bodies cannot. */
function asBody(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
