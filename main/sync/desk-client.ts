import type { z } from 'zod';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { deskInfoSchema } from '../../shared/protocol/desk-info.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import { fetchedEnvelopeSchema } from '../../shared/protocol/fetch-rows.ts';
import type { FetchRowsRequest, FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
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
import { fetchedTicketSchema } from '../../shared/protocol/ticket.ts';
import type { FetchedTicket } from '../../shared/protocol/ticket.ts';
import { signInResponseSchema } from '../../shared/protocol/sign-in.ts';
import type { SignInRequest, SignInResponse } from '../../shared/protocol/sign-in.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { blobCalls } from './blob-calls.ts';
import type { Ask, BlobCalls } from './blob-calls.ts';
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

/** Tickets fetched by id (S8). */
export type Fetched = {
  envelope: FetchedEnvelope;
  bytes: Uint8Array<ArrayBuffer>;
  askedMs: number;
};

export type DeskClient = BlobCalls & {
  /** With when it was asked for; ms, by the clock that was passed in. */
  info: () => Promise<Result<{ info: DeskInfo; askedMs: number }, DeskFault>>;
  pull: (request: PullRequest) => Promise<Result<Page, DeskFault>>;
  /** Tickets by id, each as it is now (S8). */
  fetchRows: (request: FetchRowsRequest) => Promise<Result<Fetched, DeskFault>>;
  push: (request: PushRequest) => Promise<Result<PushResponse, DeskFault>>;
  /** What a policy document would do to the open tickets (C14). */
  previewPolicy: (request: PolicyPreviewRequest) => Promise<Result<PolicyAnswer, DeskFault>>;
  savePolicy: (request: PolicySaveRequest) => Promise<Result<PolicyAnswer, DeskFault>>;
  /** One ticket as it is now, with its timeline (S15). */
  ticket: (id: string) => Promise<Result<FetchedTicket, DeskFault>>;
  /** A token for a password (S9). */
  signIn: (request: SignInRequest) => Promise<Result<SignInResponse, DeskFault>>;
  /** At which ticket the agent is (S18). */
  presence: (request: PresenceRequest) => Promise<Result<void, DeskFault>>;
  /** Listens to the poke stream; resolves when the desk, silence (S6) or `signal` ends it. */
  listen: (signal: AbortSignal, heard: Heard) => Promise<Result<void, DeskFault>>;
};

/** The one call that is made without a token. */
const SIGN_IN = '/v1/sign-in';
const INFO_TIMEOUT_MS = 10_000;
const TIMEOUT_MS = 60_000;

/** The one place that fetches from a desk. `address` gives null while none is known; `steadyMs` is a clock. */
export function deskClient(address: () => DeskAddress | null, steadyMs: () => number): DeskClient {
  const ask: Ask = async (path, { method, body, type }, signal) => {
    const desk = address();
    if (desk === null) return err({ kind: 'no-address', message: 'No desk is running yet.' });
    if (desk.token === '' && path !== SIGN_IN)
      return err({ kind: 'signed-out', message: 'Sign in to work with this desk.' });
    try {
      const response = await fetch(new URL(path, desk.url), {
        method,
        headers: {
          ...(desk.token === '' ? {} : { authorization: `Bearer ${desk.token}` }),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...(body === undefined ? {} : { body }),
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
    const response = await ask(path, initOf(body), AbortSignal.timeout(timeoutMs));
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
        return readPage(pageEnvelopeSchema, bytes, askedMs);
      });
    },
    fetchRows: (request) => {
      const askedMs = steadyMs();
      return read('/v1/rows', request, TIMEOUT_MS, async (response) => {
        const bytes = new Uint8Array(await response.arrayBuffer());
        return withSomething(readPage(fetchedEnvelopeSchema, bytes, askedMs));
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
    ticket: (id) =>
      read(`/v1/tickets/${encodeURIComponent(id)}`, undefined, INFO_TIMEOUT_MS, async (response) =>
        parse(fetchedTicketSchema, await response.json()),
      ),
    signIn: (request) =>
      read(SIGN_IN, request, INFO_TIMEOUT_MS, async (response) =>
        parse(signInResponseSchema, await response.json()),
      ),
    presence: (request) =>
      read('/v1/presence', request, INFO_TIMEOUT_MS, async () => ok(undefined)),
    listen: async (signal, heard) => {
      const response = await ask('/v1/poke', initOf(undefined), signal);
      if (!response.ok) return response;
      const { body } = response.value;
      if (body === null) return err(badAnswer('The poke stream is empty.'));
      await readPokes(body, heard);
      return ok(undefined);
    },
    ...blobCalls(ask, unreachableDesk),
  };
}

/** JSON where there is something to say. */
function initOf(body: unknown): Parameters<Ask>[1] {
  if (body === undefined) return { method: 'GET' };
  return {
    method: 'POST',
    body: new TextEncoder().encode(JSON.stringify(body)),
    type: 'application/json',
  };
}

/** The rows of a page, parsed: what the watch table takes. */
export function rowsOf({ bytes }: Pick<Page, 'bytes'>): Result<TicketRow[], DeskFault> {
  const parts = splitPage(bytes);
  if (!parts.ok) return err(badAnswer(parts.error.message));
  return parse(pageRowsSchema, parseJson(parts.value.rows));
}

function readPage<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array<ArrayBuffer>,
  askedMs: number,
) {
  const parts = splitPage(bytes);
  if (!parts.ok) return err(badAnswer(parts.error.message));
  const envelope = parse(schema, parseJson(parts.value.envelope));
  return envelope.ok ? ok({ envelope: envelope.value, bytes, askedMs }) : envelope;
}

/** One that says nothing of any ticket asked for would be asked the same again for ever. */
function withSomething(fetched: Result<Fetched, DeskFault>): Result<Fetched, DeskFault> {
  if (!fetched.ok || fetched.value.envelope.gone.length > 0) return fetched;
  const parts = splitPage(fetched.value.bytes);
  const isEmpty = parts.ok && parts.value.rows.byteLength <= '[]'.length;
  return isEmpty ? err(badAnswer('no ticket that was asked for')) : fetched;
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
  switch (problem.data?.error) {
    case 'revoked':
    case 'not-found':
    case 'too-old':
    case 'wrong-desk':
    case 'unknown-cursor':
      return { kind: problem.data.error, message };
    case 'unauthenticated':
    case 'expired':
      return { kind: 'signed-out', message };
    default:
      return { kind: response.status === 401 ? 'signed-out' : 'refused', message };
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
