import type { MiddlewareHandler } from 'hono';
import type { Agent } from '../../shared/protocol/agent.ts';
import { hashToken } from '../agents/tokens.ts';
import type { Desk } from '../desk.ts';
import type { DeskEnv } from './desk-env.ts';
import { problem } from './problem-answer.ts';
import { signInLimit } from './sign-in-limit.ts';

/** How long a process goes by what it read of a token, where others may change it. */
const TRUST_MS = 10_000;
const MAX_KNOWN = 1_000;

/** Lets through what carries a known bearer token, and notes its agent (X5). */
export function authenticate(desk: Desk): MiddlewareHandler<DeskEnv> {
  const { nowMs } = desk.around;
  const limit = signInLimit(nowMs);
  const known = new Map<string, { agent: Agent; untilAt: number }>();

  desk.store.onNews((news) => {
    if (news.kind === 'gap') known.clear();
    if (news.kind !== 'agent') return;
    for (const [hash, { agent }] of known) if (agent.id === news.id) known.delete(hash);
  });

  async function agentOf(hash: string): Promise<Agent | null> {
    const found = known.get(hash);
    if (found !== undefined && found.untilAt > nowMs()) return found.agent;
    known.delete(hash);
    const agent = await desk.store.read((snapshot) => snapshot.agentByToken(hash));
    if (agent === null) return null;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(hash, { agent, untilAt: nowMs() + TRUST_MS });
    return agent;
  }

  return async (c, next) => {
    const token = /^Bearer ([\w.~+/-]{20,200}=*)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const hash = token === undefined ? null : hashToken(token);
    const agent = hash === null ? null : await agentOf(hash);
    if (agent === null) {
      const address = addressOf(c.env);
      if (limit.isOver(address)) {
        c.header('Retry-After', '60');
        return c.json(
          { error: 'unauthenticated', message: 'Too many failed sign-ins; wait a minute.' },
          429,
        );
      }
      limit.failed(address);
      c.header('WWW-Authenticate', 'Bearer');
      return problem(c, 'unauthenticated', 'The sign-in is not known to this desk.');
    }
    c.set('agent', agent);
    await next();
    return undefined;
  };
}

/** The other end of the connection; one name for all where there is none, as in tests without a socket. */
function addressOf(env: Partial<DeskEnv['Bindings']> | undefined): string {
  return env?.incoming?.socket.remoteAddress ?? 'unknown';
}
