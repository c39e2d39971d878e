import type { z } from 'zod';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { deskInfoSchema } from '../../shared/protocol/desk-info.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import { splitPage } from '../../shared/protocol/page.ts';
import { policyAnswerSchema } from '../../shared/protocol/policy-edit.ts';
import type {
  PolicyAnswer,
  PolicyPreviewRequest,
  PolicySaveRequest,
} from '../../shared/protocol/policy-edit.ts';
import type { PresenceRequest } from '../../shared/protocol/presence.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import { pageEnvelopeSchema, pageRowsSchema } from '../../shared/protocol/pull.ts';
import type { PageEnvelope, PullRequest } from '../../shared/protocol/pull.ts';
import { pushResponseSchema } from '../../shared/protocol/push.ts';
import type { PushRequest, PushResponse } from '../../shared/protocol/push.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import type { DeskFault } from './desk-fault.ts';
import { readPokes } from './poke-stream.ts';
import type { Heard } from './poke-stream.ts';

/** Where a desk is and with which token it is spoken to. */
export type DeskAddress = { url: string; token: string };

/** A page as main needs it: envelope parsed, and the bytes to pass on (S15). */
export type Page = {
  envelope: PageEnvelope;
  bytes: Uint8Array<ArrayBuffer>;
  /** When it was asked for; ms, by the clock that was passed in. */
  askedMs: number;
};

export type DeskClient = {
  /** With when it was asked for; ms, by the clock that was passed in. */
  info: () => Promise<Result<{ info: DeskInfo; askedMs: number }, DeskFault>>;
  pull: (request: PullRequest) => Promise<Result<Page, DeskFault>>;
  push: (request: PushRequest) => Promise<Result<PushResponse, DeskFault>>;
  /** What a policy document would do to the open tickets (C14). */
  previewPolicy: (request: PolicyPreviewRequest) => Promise<Result<PolicyAnswer, DeskFault>>;
  savePolicy: (request: PolicySaveRequest) => Promise<Result<PolicyAnswer, DeskFault>>;
  /** At which ticket the agent is (S18). */
  presence: (request: PresenceRequest) => Promise<Result<void, DeskFault>>;
  /** Listens to the poke stream; resolves when the desk, silence (S6) or `signal` ends it. */
  listen: (signal: AbortSignal, heard: Heard) => Promise<Result<void, DeskFault>>;
};

const INFO_TIMEOUT_MS = 10_000;
const TIMEOUT_MS = 60_000;

/** The one place that fetches from a desk. `address` gives null while none is known; `steadyMs` is a clock. */
export function deskClient(address: () => DeskAddress | null, steadyMs: () => number): DeskClient {
  const ask = async (
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Result<Response, DeskFault>> => {
    const desk = address();
    if (desk === null) return err({ kind: 'no-address', message: 'No desk is running yet.' });
    try {
      const response = await fetch(new URL(path, desk.url), {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${desk.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A desk never sends a console elsewhere, and a token goes to no one else.
        redirect: 'error',
        signal,
      });
      return response.ok ? ok(response) : err(await faultOf(response));
    } catch (thrown) {
      return err(unreachableDesk(thrown));
    }
  };

  const read = async <T>(
    path: string,
    body: unknown,
    timeoutMs: number,
    take: (response: Response) => Promise<Result<T, DeskFault>>,
  ): Promise<Result<T, DeskFault>> => {
    const response = await ask(path, body, AbortSignal.timeout(timeoutMs));
    if (!response.ok) return response;
    try {
      return await take(response.value);
    } catch (thrown) {
      return err(unreachableDesk(thrown));
    }
  };

  return {
    info: () => {
      const askedMs = steadyMs();
      return read('/v1/desk', undefined, INFO_TIMEOUT_MS, async (response) => {
        const parsed = parse(deskInfoSchema, await response.json());
        return parsed.ok ? ok({ info: parsed.value, askedMs }) : parsed;
      });
    },
    pull: (request) => {
      const askedMs = steadyMs();
      return read('/v1/pull', request, TIMEOUT_MS, async (response) => {
        const bytes = new Uint8Array(await response.arrayBuffer());
        return readPage(bytes, askedMs);
      });
    },
    push: (request) =>
      read('/v1/push', request, TIMEOUT_MS, async (response) =>
        parse(pushResponseSchema, await response.json()),
      ),
    previewPolicy: (request) =>
      read('/v1/policy/preview', request, TIMEOUT_MS, async (response) =>
        parse(policyAnswerSchema, await response.json()),
      ),
    savePolicy: (request) =>
      read('/v1/policy', request, TIMEOUT_MS, async (response) =>
        parse(policyAnswerSchema, await response.json()),
      ),
    presence: (request) =>
      read('/v1/presence', request, INFO_TIMEOUT_MS, async () => ok(undefined)),
    listen: async (signal, heard) => {
      const response = await ask('/v1/poke', undefined, signal);
      if (!response.ok) return response;
      const { body } = response.value;
      if (body === null) return err(badAnswer('The poke stream is empty.'));
      await readPokes(body, heard);
      return ok(undefined);
    },
  };
}

/** The rows of a page, parsed: what the watch table takes. */
export function rowsOf(page: Page): Result<TicketRow[], DeskFault> {
  const parts = splitPage(page.bytes);
  if (!parts.ok) return err(badAnswer(parts.error.message));
  return parse(pageRowsSchema, parseJson(parts.value.rows));
}

function readPage(bytes: Uint8Array<ArrayBuffer>, askedMs: number): Result<Page, DeskFault> {
  const parts = splitPage(bytes);
  if (!parts.ok) return err(badAnswer(parts.error.message));
  const envelope = parse(pageEnvelopeSchema, parseJson(parts.value.envelope));
  return envelope.ok ? ok({ envelope: envelope.value, bytes, askedMs }) : envelope;
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Result<z.infer<Schema>, DeskFault> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err(badAnswer(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`));
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function badAnswer(what: string): DeskFault {
  return { kind: 'bad-answer', message: `The desk's answer cannot be understood (${what}).` };
}

async function faultOf(response: Response): Promise<DeskFault> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  const message = problem.success ? problem.data.message : `The desk answered ${response.status}.`;
  // Too many sign-ins from this address, it may be by others: the token is not in question.
  if (response.status === 429) return { kind: 'refused', message };
  if (response.status === 401) return { kind: 'signed-out', message };
  switch (problem.data?.error) {
    case 'unauthenticated':
    case 'revoked':
      return { kind: 'signed-out', message };
    case 'too-old':
    case 'wrong-desk':
    case 'unknown-cursor':
      return { kind: problem.data.error, message };
    default:
      return { kind: 'refused', message };
  }
}

function unreachableDesk(thrown: unknown): DeskFault {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (error.name === 'TimeoutError')
    return { kind: 'unreachable', message: 'The desk does not answer.' };
  const cause = error.cause instanceof Error && 'code' in error.cause ? error.cause.code : null;
  return {
    kind: 'unreachable',
    message: `The desk cannot be reached${typeof cause === 'string' ? ` (${cause})` : ''}.`,
  };
}
