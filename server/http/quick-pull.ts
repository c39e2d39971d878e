import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { pullRequestSchema } from '../../shared/protocol/pull.ts';
import type { PullRequest } from '../../shared/protocol/pull.ts';
import type { Desk } from '../desk.ts';
import { nothingNew } from '../sync/pull.ts';

/** How long what the framework let through is let through here. */
const TRUST_MS = 10_000;
const MAX_TRUSTED = 1_000;
const MAX_BODY_BYTES = 16 * 1024;

/**
 * Answers pulls with nothing new from memory (S6), which is most of what a desk is asked, before the framework sees
 * them. Only for a host and a sign-in that the framework let pull within the last 10 s, and only what is plainly so:
 * everything else goes to the framework, with the body that was read.
 */
export function quickPull(desk: Desk, framework: RequestListener): RequestListener {
  const { nowMs } = desk.around;
  /** By host and authorization header, until when; in memory only. */
  const trusted = new Map<string, number>();
  desk.store.onNews(({ kind }) => {
    if (kind === 'agent' || kind === 'gap') trusted.clear();
  });

  const trustOnceAnswered = (key: string, outgoing: ServerResponse): void => {
    outgoing.once('finish', () => {
      if (outgoing.statusCode !== 200) return;
      if (trusted.size >= MAX_TRUSTED) trusted.clear();
      trusted.set(key, nowMs() + TRUST_MS);
    });
  };

  return (incoming, outgoing) => {
    if (incoming.url !== '/v1/pull' || incoming.method !== 'POST')
      return framework(incoming, outgoing);
    const { host = '', authorization = '' } = incoming.headers;
    const key = `${host} ${authorization}`;
    if (!((trusted.get(key) ?? 0) > nowMs()) || !isPlain(incoming)) {
      trustOnceAnswered(key, outgoing);
      return framework(incoming, outgoing);
    }
    readBody(incoming, (body) => {
      const current = desk.current();
      const request = parse(body);
      const page =
        current === null || request === null ? null : nothingNew(request, current, nowMs());
      if (page === null) {
        framework(Object.assign(incoming, { rawBody: body }), outgoing);
        return;
      }
      outgoing.writeHead(200, {
        'Content-Type': 'application/octet-stream',
        'Cache-Control': 'no-store',
        'Content-Length': page.byteLength,
      });
      outgoing.end(page);
    });
  };
}

/** JSON of a length that is known and small. */
function isPlain({ headers }: IncomingMessage): boolean {
  return (
    headers['content-type'] === 'application/json' &&
    Number(headers['content-length'] ?? Infinity) <= MAX_BODY_BYTES
  );
}

/** A request that is cut off is nobody's any more. */
function readBody(incoming: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  incoming.on('error', () => undefined);
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const [only] = chunks;
    done(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
  });
}

function parse(body: Buffer): PullRequest | null {
  try {
    const request = pullRequestSchema.safeParse(JSON.parse(body.toString())).data ?? null;
    return request?.protocol === PROTOCOL_VERSION ? request : null;
  } catch {
    return null;
  }
}
