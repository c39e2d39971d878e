import { expect, test } from 'vitest';
import type { Author, Entry, EntryBody } from '../../shared/tickets/entry.ts';
import { newestInSight, notSeenYet } from './seen.ts';

const message: EntryBody = { kind: 'message', text: 'Hello' };

function entry(version: number, author: Author, body: EntryBody = message): Entry {
  return {
    id: `e${version}/0`,
    ticketId: 'T1',
    version,
    author,
    commandId: null,
    acceptedAt: version,
    writtenAt: version,
    body,
  };
}

const customer: Author = { kind: 'customer', name: 'R. Haas' };

test('S3: a message below the lower edge was not seen; those above it were', () => {
  const placed = [
    { version: 3, topPx: -900, heightPx: 400 },
    { version: 5, topPx: 100, heightPx: 300 },
    { version: 8, topPx: 420, heightPx: 80 },
  ];
  expect(newestInSight(placed, 400)).toBe(5);
  expect(newestInSight(placed, 600)).toBe(8);
  expect(newestInSight(placed, -10_000)).toBe(0);
  expect(newestInSight([], 600)).toBe(0);
});

test('S3: a message counts once its top part is in sight, not when its edge peeps out', () => {
  const tall = [{ version: 4, topPx: 390, heightPx: 2_000 }];
  expect(newestInSight(tall, 400)).toBe(0);
  expect(newestInSight(tall, 430)).toBe(4);
  expect(newestInSight([{ version: 4, topPx: 390, heightPx: 20 }], 410)).toBe(4);
});

test('S3: only newer messages of others are new; own ones and notes are not', () => {
  const entries = [
    entry(2, customer),
    entry(4, { kind: 'agent', id: 'me', name: 'Me' }),
    entry(5, { kind: 'agent', id: 'other', name: 'Other' }),
    entry(6, customer, { kind: 'note', text: 'For us' }),
    entry(7, customer),
  ];
  expect(notSeenYet(entries, 2, 'me').map(({ version }) => version)).toEqual([5, 7]);
  expect(notSeenYet(entries, 7, 'me')).toEqual([]);
  expect(notSeenYet(entries, 0, 'me')).toEqual([]);
});
