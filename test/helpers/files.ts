import { createHash } from 'node:crypto';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import type { Action } from '../../shared/tickets/command.ts';

/** Bytes that no other seed gives. */
export function someBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** What an entry or command says of a file with these bytes. */
export function fileOf(bytes: Uint8Array, name = 'log.txt'): Attachment {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { hash, size: bytes.byteLength, name, type: 'application/octet-stream' };
}

export function noteWith(...attachments: Attachment[]): Action {
  return { kind: 'note', text: 'See this', attachments };
}
