import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { FetchRowsRequest, FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import { joinPage } from '../../shared/protocol/page.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/protocol-version.ts';
import type { RowText, Store } from '../store/contract.ts';
import { MAX_PAGE_SIZE, deskTime } from './pull.ts';
import type { PullFault } from './pull.ts';
import { rowsJson } from './row-json.ts';

const utf8 = new TextEncoder();

/** Tickets by id, each as it is now (S8), by the rights of the same snapshot (S14). What does not fit is left out. */
export async function fetchRows(
  store: Store,
  request: FetchRowsRequest,
  agentId: string,
  nowMs: number,
  maxSize = MAX_PAGE_SIZE,
): Promise<Result<Uint8Array, PullFault>> {
  return store.read(async (snapshot) => {
    const counter = await snapshot.counter();
    if (request.epoch !== counter.epoch)
      return err({ kind: 'unknown-cursor', message: 'The list is of another epoch.' });
    const viewer = await snapshot.agent(agentId);
    if (viewer === null) return err({ kind: 'unauthenticated', message: 'No such agent.' });
    const { consoleId } = request;
    const found = new Map(
      (await snapshot.rowsById(request.ids, { viewer, consoleId })).map((row) => [row.id, row]),
    );
    const timelines = request.entries
      ? Map.groupBy(await snapshot.entriesOf([...found.keys()]), ({ ticketId }) => ticketId)
      : new Map<string, { json: string }[]>();
    const gone = request.ids.filter((id) => !found.has(id));
    const rows: RowText[] = [];
    const entries: string[] = [];
    let size = 0;
    for (const id of request.ids) {
      const row = found.get(id);
      if (row === undefined) continue;
      const timeline = (timelines.get(id) ?? []).map(({ json }) => json);
      size += timeline.reduce((sum, json) => sum + json.length, row.headJson.length);
      // One alone may be longer, or it would never come.
      if (size > maxSize && rows.length > 0) break;
      rows.push(row);
      entries.push(...timeline);
      found.delete(id);
    }
    const envelope: FetchedEnvelope = {
      protocol: PROTOCOL_VERSION,
      deskId: counter.deskId,
      epoch: counter.epoch,
      version: counter.version,
      now: deskTime(counter, nowMs),
      gone,
    };
    return ok(
      joinPage({
        envelope: utf8.encode(JSON.stringify(envelope)),
        rows: rowsJson(rows),
        entries: utf8.encode(`[${entries.join(',')}]`),
      }),
    );
  });
}
