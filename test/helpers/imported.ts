import { HOUR_MS } from '../../shared/base/time.ts';
import { submit } from '../../shared/tickets/intake.ts';
import type { ImportedTicket } from '../../server/store/imported-ticket.ts';
import { submission, TEST_NOW } from './desk.ts';

/** A ticket from elsewhere, an hour old, with so many messages. */
export function importedTicket(id: string, messages: number): ImportedTicket {
  const receivedAt = TEST_NOW - HOUR_MS;
  const made = submit(
    { ...submission(id, { receivedAt }), reference: `OLD-${id}` },
    { version: 0, acceptedAt: receivedAt },
  );
  const [first] = made.entries;
  if (first === undefined) throw new Error('a submission makes an entry');
  return {
    head: made.head,
    entries: Array.from({ length: messages }, (_, n) => ({ ...first, id: `${id}/${n}` })),
  };
}
