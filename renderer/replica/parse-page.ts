import { z } from 'zod';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { fetchedEnvelopeSchema } from '../../shared/protocol/fetch-rows.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import { splitPage } from '../../shared/protocol/page.ts';
import {
  pageEntriesSchema,
  pageEnvelopeSchema,
  pageRowsSchema,
} from '../../shared/protocol/pull.ts';
import type { PageEnvelope } from '../../shared/protocol/pull.ts';
import { fromJsonBytes } from './json-bytes.ts';
import type { Batch } from './place-tickets.ts';

/** A page, parsed, with the bytes that its rows and entries were parsed from. */
export type Parsed<Envelope> = Batch & { envelope: Envelope };
export type ParsedPage = Parsed<PageEnvelope>;

/** Reads a page's bytes (S15). The rows are parsed here and nowhere else in the renderer. */
export function parsePage(bytes: Uint8Array): Result<ParsedPage, string> {
  return parse(bytes, pageEnvelopeSchema);
}

/** Reads what was fetched by id (S8). */
export function parseFetched(bytes: Uint8Array): Result<Parsed<FetchedEnvelope>, string> {
  return parse(bytes, fetchedEnvelopeSchema);
}

function parse<Envelope>(
  bytes: Uint8Array,
  envelopeSchema: z.ZodType<Envelope>,
): Result<Parsed<Envelope>, string> {
  const parts = splitPage(bytes);
  if (!parts.ok) return err(parts.error.message);
  const { envelope, rows, entries } = parts.value;
  try {
    return ok({
      envelope: envelopeSchema.parse(fromJsonBytes(envelope)),
      rows: pageRowsSchema.parse(fromJsonBytes(rows)),
      entries: pageEntriesSchema.parse(fromJsonBytes(entries)),
      bytes: { rows, entries },
    });
  } catch (thrown) {
    // An agent may come to read this: no list of what a schema found.
    return err(
      thrown instanceof z.ZodError
        ? 'a page is not what the protocol says'
        : 'a page is unreadable',
    );
  }
}
