import { expect, test } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import { firstContact } from './first-contact.ts';

const info: DeskInfo = {
  protocol: 1,
  deskId: 'd',
  epoch: 'e',
  now: 1,
  version: 1,
  epochVersion: 0,
  agent: { id: 'ann', version: 1, name: 'Ann', role: 'agent', teamIds: [] },
  demo: false,
};
const soon = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

function setUp() {
  const waits: number[] = [];
  let due = (): void => undefined;
  let asked = 0;
  let isTaken = false;
  const contact = firstContact(
    {
      info: async () => {
        asked += 1;
        if (isTaken) return ok({ info, askedMs: 0 });
        return err({ kind: 'signed-out' as const, message: 'Sign in.' });
      },
    },
    {
      after: (ms, step) => {
        waits.push(ms);
        due = step;
        return () => undefined;
      },
    },
    () => 1,
    () => undefined,
  );
  return {
    contact,
    waits,
    elapse: () => {
      due();
    },
    asked: () => asked,
    take: () => {
      isTaken = true;
    },
  };
}

test('[S6] asks until the desk answers, with growing pauses', async () => {
  const { contact, waits, elapse, take } = setUp();
  await soon();
  elapse();
  await soon();
  take();
  elapse();
  expect(await contact.met).toEqual({ info, askedMs: 0 });
  expect(waits).toEqual([1_000, 2_000]);
});

test('[S9] a sign-in makes it ask at once, also one that comes while it asks with the old one', async () => {
  const first = setUp();
  await soon();
  first.take();
  first.contact.again();
  expect(await first.contact.met).not.toBeNull();
  const second = setUp();
  second.contact.again();
  second.take();
  expect(await second.contact.met).not.toBeNull();
  expect(second.asked()).toBeLessThanOrEqual(2);
});

test('given up it ends', async () => {
  const { contact, asked } = setUp();
  await soon();
  contact.giveUp();
  expect(await contact.met).toBeNull();
  expect(asked()).toBe(1);
});
