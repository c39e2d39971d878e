import { MAX_FETCHED, fetchedEnvelopeSchema } from '../../../shared/protocol/fetch-rows.ts';
import { splitPage } from '../../../shared/protocol/page.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/protocol-version.ts';
import { pageEnvelopeSchema, pageRowsSchema } from '../../../shared/protocol/pull.ts';
import type { PolicyVersion } from '../../../shared/policy/policy-document.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';

export type ReadDesk = { heads: TicketHead[]; policy: PolicyVersion | null };

/** All that a new console would get: the list of tickets, then each by its id (S8). */
export async function readDesk(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<ReadDesk> {
  const ask = async (path: string, body: object): Promise<[unknown, unknown]> => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ protocol: PROTOCOL_VERSION, consoleId: 'reader', ...body }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    const parts = splitPage(new Uint8Array(await answer.arrayBuffer()));
    if (!parts.ok) throw new Error(parts.error.message);
    const read = (part: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(part));
    return [read(parts.value.envelope), read(parts.value.rows)];
  };

  const [first] = await ask('/v1/pull', { cursor: null, limit: 2_000, atLeast: 0 });
  const { list, policy, cursor } = pageEnvelopeSchema.parse(first);
  const wanted = new Set([...(list?.open ?? []), ...(list?.ended ?? [])]);
  const heads: TicketHead[] = [];
  while (wanted.size > 0) {
    const ids = [...wanted].slice(0, MAX_FETCHED);
    const [envelope, rows] = await ask('/v1/rows', { epoch: cursor.epoch, ids, entries: false });
    for (const id of fetchedEnvelopeSchema.parse(envelope).gone) wanted.delete(id);
    for (const { head } of pageRowsSchema.parse(rows)) {
      wanted.delete(head.id);
      heads.push(head);
    }
  }
  return { heads, policy };
}
