import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { UPLOAD_COMPLETE, UPLOAD_OFFSET, blobStandingSchema } from '../../shared/protocol/blobs.ts';
import type { BlobStanding } from '../../shared/protocol/blobs.ts';
import type { BlobName } from '../blobs/blob-files.ts';
import type { DeskFault } from './desk-fault.ts';

/** Asks the desk; what it answers with a fault is an error here. */
export type Ask = (
  path: string,
  init: { method: string; body?: Uint8Array<ArrayBuffer>; type?: string },
  signal: AbortSignal,
) => Promise<Result<Response, DeskFault>>;

/** Files at the desk, by hash (S16). */
export type BlobCalls = {
  blobStanding: (name: BlobName, signal: AbortSignal) => Promise<Result<BlobStanding, DeskFault>>;
  /** Sends the part that begins at `at`; the answer says where to go on. */
  putBlob: (
    name: BlobName,
    at: number,
    bytes: Uint8Array<ArrayBuffer>,
    signal: AbortSignal,
  ) => Promise<Result<BlobStanding, DeskFault>>;
  /** Gives a file's bytes to `take` as they come; null where the desk has none for this agent. */
  getBlob: <T>(
    hash: string,
    signal: AbortSignal,
    take: (bytes: Uint8Array) => Promise<Result<void, T>>,
  ) => Promise<Result<void, DeskFault | T> | null>;
};

const TIMEOUT_MS = 60_000;
/** A download that brings nothing for so long is dead. */
const SILENCE_MS = 30_000;

export function blobCalls(ask: Ask, thrownFault: (thrown: unknown) => DeskFault): BlobCalls {
  const within = (signal: AbortSignal): AbortSignal =>
    AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  return {
    blobStanding: async ({ hash, size }, signal) => {
      const answer = await ask(
        `/v1/blobs/${hash}?size=${size}`,
        { method: 'HEAD' },
        within(signal),
      );
      if (!answer.ok) return answer;
      const { headers } = answer.value;
      return standingOf({
        offset: Number(headers.get(UPLOAD_OFFSET) ?? NaN),
        whole: headers.get(UPLOAD_COMPLETE) === '?1',
      });
    },
    putBlob: async ({ hash, size }, at, bytes, signal) => {
      const path = `/v1/blobs/${hash}?size=${size}&offset=${at}`;
      const init = { method: 'PUT', body: bytes, type: 'application/octet-stream' };
      const answer = await ask(path, init, within(signal));
      if (!answer.ok) return answer;
      try {
        return standingOf(await answer.value.json());
      } catch (thrown) {
        return err(thrownFault(thrown));
      }
    },
    getBlob: async (hash, signal, take) => {
      const silence = new AbortController();
      const dead = (): void => silence.abort(new DOMException('silent', 'TimeoutError'));
      let timer = setTimeout(dead, SILENCE_MS);
      const heard = (): void => {
        clearTimeout(timer);
        timer = setTimeout(dead, SILENCE_MS);
      };
      try {
        const either = AbortSignal.any([signal, silence.signal]);
        const answer = await ask(`/v1/blobs/${hash}`, { method: 'GET' }, either);
        if (!answer.ok) return answer.error.kind === 'not-found' ? null : answer;
        const body: AsyncIterable<Uint8Array> | null = answer.value.body;
        for await (const bytes of body ?? noBytes()) {
          heard();
          const taken = await take(bytes);
          if (!taken.ok) return taken;
        }
        return ok(undefined);
      } catch (thrown) {
        return err(thrownFault(thrown));
      } finally {
        clearTimeout(timer);
        // Where `take` wants no more, the rest is not waited for.
        silence.abort();
      }
    },
  };
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}

function standingOf(value: unknown): Result<BlobStanding, DeskFault> {
  const parsed = blobStandingSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return err({ kind: 'bad-answer', message: "The desk's answer cannot be understood (file)." });
}
