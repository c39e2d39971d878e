const utf8 = new TextEncoder();

/** As JSON in UTF-8: what chunks and blocks hold, and what a page of the desk's is. */
export function toJsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return utf8.encode(JSON.stringify(value));
}

/** What was written by `toJsonBytes`, or parsed once before. Throws where it is neither. */
export function fromJsonBytes(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}
