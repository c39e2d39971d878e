import { expect, test } from 'vitest';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketDrafts } from './console-state.ts';
import { putBack, takeOut } from './put-back.ts';

const reply: Action = { kind: 'reply', text: 'Dear customer' };

test('[S17] a reply that was taken back is in the composer, before what was typed since', () => {
  expect(putBack({}, reply)).toEqual({ reply: 'Dear customer' });
  expect(putBack({ reply: 'And one more', note: 'x' }, reply)).toEqual({
    reply: 'Dear customer\n\nAnd one more',
    note: 'x',
  });
  expect(putBack({ reply: ' \n' }, reply)).toEqual({ reply: 'Dear customer' });
});

test('[S17] if it was sent after all only what was typed since stays, also what came meanwhile', () => {
  const before = { reply: 'And one more' };
  const back = putBack(before, reply) ?? {};
  expect(takeOut(back, reply, before)).toMatchObject(before);
  expect(takeOut({ reply: `${back.reply ?? ''}, yes` }, reply, before).reply).toBe(
    'And one more, yes',
  );
  expect(takeOut(putBack({}, reply) ?? {}, reply, {}).reply).toBe('');
});

const forms: readonly [Action, TicketDrafts][] = [
  [
    { kind: 'escalate', level: 'development', reason: 'other', text: 'Because' },
    { escalation: { level: 'development', reason: 'other', text: 'Because' } },
  ],
  [
    { kind: 'request-data', what: 'The log', why: '', isPublic: true },
    { dataRequest: { what: 'The log', why: '', isPublic: true } },
  ],
  [
    { kind: 'convert-to-feature', reason: 'A wish', message: 'Hello' },
    { conversion: { reason: 'A wish', message: 'Hello' } },
  ],
];

test('[S17] a form comes back as it was, unless another one has been begun: neither is lost', () => {
  for (const [action, drafts] of forms) {
    expect(putBack({ note: 'x' }, action)).toEqual({ note: 'x', ...drafts });
    expect(putBack(drafts, action)).toBeNull();
    expect(takeOut(putBack({}, action) ?? {}, action, {})).toEqual({});
  }
});

test('[S17] what is pressed and not written leaves the drafts alone', () => {
  const drafts = { reply: 'x' };
  expect(putBack(drafts, { kind: 'resolve' })).toBe(drafts);
  expect(takeOut(drafts, { kind: 'resolve' }, {})).toBe(drafts);
});

const file = (n: number) => ({
  hash: String(n).padStart(64, '0'),
  size: 1,
  name: `${n}.txt`,
  type: 'text/plain',
});

test('[S16] [S17] the files of a reply come back with it, each once, and go again if it was sent', () => {
  const withFiles: Action = { ...reply, attachments: [file(1), file(2)] };
  const before = { files: { reply: [file(2), file(3)] } };
  const back = putBack(before, withFiles) ?? {};
  expect(back.files?.reply).toEqual([file(1), file(2), file(3)]);
  expect(takeOut(back, withFiles, before).files?.reply).toEqual([file(2), file(3)]);
  const many = { files: { reply: Array.from({ length: 19 }, (_, n) => file(n + 10)) } };
  expect(putBack(many, withFiles)).toBeNull();
});
