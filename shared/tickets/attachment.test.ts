import { expect, test } from 'vitest';
import { applyContext, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { apply } from './apply.ts';
import { attachmentsOf } from './attachment.ts';
import type { Attachment } from './attachment.ts';
import { actionSchema } from './command.ts';
import type { Action } from './command.ts';
import { entrySchema } from './entry.ts';
import { receiveMessage } from './intake.ts';

const file = (name: string, hash = 'a'): Attachment => ({
  hash: hash.repeat(64),
  size: 3,
  name,
  type: 'text/plain',
});
const attachments = [file('one.txt'), file('two.txt', 'b')];
const attempt = {
  environment: { productVersion: '6', hosting: 'saas', operatingSystem: '', browser: '' },
  steps: 's',
  expected: '',
  actual: '',
  outcome: 'reproduced',
} as const;
const asked = { kind: 'request-data', what: 'The log', why: '' } as const;

test.each<[Action, string]>([
  [{ kind: 'reply', text: 'x', attachments }, 'message'],
  [{ kind: 'note', text: 'x', attachments }, 'note'],
  [{ kind: 'record-attempt', attempt, attachments }, 'attempt'],
  [{ ...asked, isPublic: false, attachments }, 'data-request'],
  [{ ...asked, isPublic: true, attachments }, 'message'],
])('[S16] files go with $kind into its entry, once', (action, kind) => {
  const applied = apply(ticket(), actionSchema.parse(action), applyContext(WEDNESDAY_10));
  if (!applied.ok) throw new Error(applied.error.message);
  const { entries } = applied.value;
  for (const entry of entries) entrySchema.parse(entry);
  expect(
    entries
      .filter(({ body }) => attachmentsOf(body).length > 0)
      .map(({ body }) => [body.kind, attachmentsOf(body)]),
  ).toEqual([[kind, attachments]]);
});

test('[S16] without files an entry says nothing of them, whatever the action says', () => {
  for (const action of [
    { kind: 'note', text: 'x' },
    { kind: 'note', text: 'x', attachments: [] },
  ] as const) {
    const applied = apply(ticket(), actionSchema.parse(action), applyContext(WEDNESDAY_10));
    expect(applied.ok && applied.value.entries[0]?.body).toEqual({ kind: 'note', text: 'x' });
  }
});

test("[S16] files of a customer's message are in its entry", () => {
  const message = { id: 'm1', text: 'See this', receivedAt: WEDNESDAY_10, attachments };
  const { entries } = receiveMessage(ticket(), message, { version: 2, acceptedAt: WEDNESDAY_10 });
  expect(attachmentsOf(entries[0]?.body ?? {})).toEqual(attachments);
});

test('[S16] at most 20 files of at most 25 MB, none empty', () => {
  const note = (given: unknown) =>
    actionSchema.safeParse({ kind: 'note', text: 'x', attachments: given }).success;
  expect(note(Array.from({ length: 20 }, () => file('a')))).toBe(true);
  expect(note(Array.from({ length: 21 }, () => file('a')))).toBe(false);
  expect(note([{ ...file('a'), size: 25 * 1024 * 1024 }])).toBe(true);
  expect(note([{ ...file('a'), size: 25 * 1024 * 1024 + 1 }])).toBe(false);
  expect(note([{ ...file('a'), size: 0 }])).toBe(false);
  expect(note([{ ...file('a'), hash: 'A'.repeat(64) }])).toBe(false);
  expect(note([{ ...file('a'), type: 'text/html; charset=x' }])).toBe(false);
});
