import type { RowText } from '../store/contract.ts';

const utf8 = new TextEncoder();

/** Rows as a page holds them. Their heads go as they lie in the store. */
export function rowsJson(rows: readonly RowText[]): Uint8Array {
  const json = rows.map(
    ({ headJson, decidedSeq }) => `{"head":${headJson},"decidedSeq":${decidedSeq}}`,
  );
  return utf8.encode(`[${json.join(',')}]`);
}
