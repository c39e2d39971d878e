import type { MiddlewareHandler } from 'hono';
import type { DeskEnv } from './desk-env.ts';
import { problem } from './problem-answer.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function isLoopback(host: string): boolean {
  return loopbackNames.has(host) || host === '::1';
}

/**
 * Refuses requests whose Host is neither this machine nor one of the names that a proxy in front is known by. A web page can point a name of its own at 127.0.0.1 and then
 * ask the browser to fetch from it (DNS rebinding); the name still stands in Host.
 */
export function knownHostOnly(publicHosts: readonly string[]): MiddlewareHandler<DeskEnv> {
  const names = new Set([...loopbackNames, ...publicHosts.map((name) => name.toLowerCase())]);
  return async (c, next) => {
    const host = (c.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase();
    if (!names.has(host))
      return problem(c, 'forbidden', 'This desk does not answer to that host name.');
    await next();
    return undefined;
  };
}
