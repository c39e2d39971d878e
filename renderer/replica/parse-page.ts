import { z } from 'zod';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { splitPage } from '../../shared/protocol/page.ts';
import {
  pageEntriesSchema,
  pageEnvelopeSchema,
  pageRowsSchema,
} from '../../shared/protocol/pull.ts';
import type { PageEnvelope } from '../../shared/protocol/pull.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

export type ParsedPage = { envelope: PageEnvelope; rows: TicketRow[]; entries: Entry[] };

/** Reads a page's bytes (S15). The rows are parsed here and nowhere else in the renderer. */
export function parsePage(bytes: Uint8Array): Result<ParsedPage, string> {
  const parts = splitPage(bytes);
  if (!parts.ok) return err(parts.error.message);
  const text = new TextDecoder('utf-8', { fatal: true });
  try {
    return ok({
      envelope: pageEnvelopeSchema.parse(JSON.parse(text.decode(parts.value.envelope))),
      rows: pageRowsSchema.parse(JSON.parse(text.decode(parts.value.rows))),
      entries: pageEntriesSchema.parse(JSON.parse(text.decode(parts.value.entries))),
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
