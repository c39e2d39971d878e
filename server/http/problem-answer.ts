import type { Context, TypedResponse } from 'hono';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import type { Problem } from '../../shared/protocol/problem.ts';
import type { DeskEnv } from './desk-env.ts';

const statusOf = {
  unauthenticated: 401,
  expired: 401,
  revoked: 403,
  forbidden: 403,
  'bad-request': 400,
  'too-large': 413,
  'too-old': 426,
  'wrong-desk': 409,
  'unknown-cursor': 409,
  'not-found': 404,
  internal: 500,
} as const satisfies Record<Problem['error'], number>;

/** An error answer with the status of its code, so that routes are checked against what they describe. */
type ProblemAnswer<Code extends Problem['error']> = Response &
  TypedResponse<Problem, (typeof statusOf)[Code], 'json'>;

/** Every error answer has this form, and never a stack trace (X5). */
export function problem<Code extends Problem['error']>(
  c: Context<DeskEnv>,
  error: Code,
  message: string,
): ProblemAnswer<Code> {
  const body: Problem = { error, message };
  return c.json(body, statusOf[error]) as ProblemAnswer<Code>;
}

/** Refuses what speaks another protocol than this version and the one before (S11). */
export function protocolProblem(
  c: Context<DeskEnv>,
  protocol: number,
): ProblemAnswer<'too-old'> | null {
  if (protocol === PROTOCOL_VERSION || protocol === PROTOCOL_VERSION - 1) return null;
  return problem(
    c,
    'too-old',
    protocol > PROTOCOL_VERSION
      ? 'This desk is older than the console: update the desk.'
      : 'This console is too old for the desk: update the console.',
  );
}

/** What the API description says of errors. */
export function problemAnswers<Status extends (typeof statusOf)[Problem['error']]>(
  ...statuses: readonly Status[]
) {
  const answer = {
    description: 'A problem',
    content: { 'application/json': { schema: problemSchema } },
  };
  return Object.fromEntries(statuses.map((status) => [status, answer])) as Record<
    Status,
    typeof answer
  >;
}
