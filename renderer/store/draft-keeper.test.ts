import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { err, ok } from '../../shared/base/result.ts';
import type { DraftSave, KeptDraft } from '../../shared/bridge/drafts.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { initialState } from './console-state.ts';
import { createDeskClock } from './desk-clock.ts';
import { draftKey, draftKeeper } from './draft-keeper.ts';
import { draftFiles, dropDraft, keepDraft } from './drafts.ts';

/** A page whose timers run by hand and whose main saves by hand. */
function start() {
  let nowMs = 0;
  let due: { at: number; step: () => void } | null = null;
  const asked: { draft: DraftSave; answer: (saved: boolean) => void }[] = [];
  const state = createStore(initialState);
  const bridge = {
    call: (_name: string, draft: DraftSave) =>
      new Promise((resolve) => {
        asked.push({
          draft,
          answer: (saved) => {
            resolve(
              saved ? ok({ savedAt: nowMs }) : err({ code: 'not-saved', message: 'Disk full.' }),
            );
          },
        });
      }),
    on: () => () => undefined,
  } as unknown as Bridge;
  const timers = {
    after: (ms: number, step: () => void) => {
      due = { at: nowMs + ms, step };
      return () => {
        due = null;
      };
    },
  };
  const keeper = draftKeeper({ state, bridge, clock: createDeskClock(() => nowMs) }, timers);
  const parts = { state } as Parameters<typeof keepDraft>[0];
  return {
    keeper,
    asked,
    type: (reply: string, at: number) => {
      nowMs = at;
      keepDraft(parts, 't-1', { reply });
    },
    attach: (files: readonly Attachment[], at: number) => {
      nowMs = at;
      keepDraft(parts, 't-1', { files: { reply: files } });
    },
    files: () => draftFiles(state.getState().drafts, 't-1', 'reply'),
    drop: () => {
      dropDraft(parts, 't-1', 'reply');
    },
    /** Lets time pass to `at`, with what falls due by then. */
    passTo: async (at: number) => {
      nowMs = at;
      const ready = due !== null && due.at <= at ? due : null;
      if (ready !== null) {
        due = null;
        ready.step();
      }
      await settled();
    },
    dueAt: () => due?.at ?? null,
    fate: () => state.getState().draftFates[draftKey('t-1', 'reply')]?.kind ?? null,
    text: () => state.getState().drafts['t-1']?.reply,
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

const kept = (text: string): KeptDraft => ({
  ticketId: 't-1',
  mode: 'reply',
  text,
  takenBack: null,
  savedAt: 1,
});

test('[S17] a draft is given to main within 500 ms of its last key, also while typing goes on', async () => {
  const page = start();
  for (let at = 0; at <= 390; at += 30) {
    page.type(`key at ${at}`, at);
    expect(page.dueAt()).toBeLessThanOrEqual(at + 500);
  }
  expect(page.asked).toEqual([]);
  // Typing has not paused, and yet it is time.
  await page.passTo(400);
  expect(page.asked.map(({ draft }) => draft.text)).toEqual(['key at 390']);
});

test('[S17] "saved" is said of what main has answered for, and no longer once something is typed', async () => {
  const page = start();
  page.type('Hello', 0);
  expect(page.fate()).toBeNull();
  await page.passTo(200);
  expect(page.fate()).toBeNull();
  page.asked[0]?.answer(true);
  await settled();
  expect(page.fate()).toBe('saved');
  page.type('Hello,', 300);
  expect(page.fate()).toBeNull();
});

test('[S17] what is typed while main saves is saved next, one after the other', async () => {
  const page = start();
  page.type('a', 0);
  await page.passTo(200);
  page.type('ab', 210);
  await page.passTo(410);
  page.type('abc', 420);
  await page.passTo(620);
  expect(page.asked).toHaveLength(1);
  page.asked[0]?.answer(true);
  await settled();
  expect(page.fate()).toBeNull();
  expect(page.asked.map(({ draft }) => draft.text)).toEqual(['a', 'abc']);
  page.asked[1]?.answer(true);
  await settled();
  expect(page.fate()).toBe('saved');
  expect(page.asked).toHaveLength(2);
});

test('[S17] a text that was sent takes its draft away', async () => {
  const page = start();
  page.keeper.take([kept('Begun')]);
  expect([page.text(), page.fate()]).toEqual(['Begun', 'saved']);
  page.drop();
  await page.passTo(200);
  expect(page.asked.map(({ draft }) => draft.text)).toEqual(['']);
  page.asked[0]?.answer(true);
  await settled();
  expect(page.fate()).toBeNull();
});

test('[S17] what the disk did not take is said, and tried again', async () => {
  const page = start();
  page.type('Hello', 0);
  await page.passTo(200);
  page.asked[0]?.answer(false);
  await settled();
  expect(page.fate()).toBe('failed');
  await page.passTo(5_200);
  page.asked[1]?.answer(true);
  await settled();
  expect(page.fate()).toBe('saved');
});

test('[S17] drafts that come late do not take the place of what is typed already', () => {
  const page = start();
  page.type('New words', 0);
  page.keeper.take([kept('Old words')]);
  expect(page.text()).toBe('New words');
});

test('[S17] what is kept and not changed is not saved again; at the end what is left is', async () => {
  const page = start();
  page.keeper.take([kept('Begun')]);
  await page.keeper.flush();
  expect(page.asked).toEqual([]);
  page.type('Begun and', 10);
  let flushed = false;
  void page.keeper.flush().then(() => {
    flushed = true;
  });
  await settled();
  expect([page.asked.length, flushed]).toEqual([1, false]);
  page.asked[0]?.answer(true);
  await settled();
  expect(flushed).toBe(true);
});

test('[S16] files of a draft are kept with it, and are there again', async () => {
  const file = { hash: 'a'.repeat(64), size: 3, name: 'x.txt', type: 'text/plain' };
  const page = start();
  page.attach([file], 1_000);
  await page.passTo(1_200);
  expect(page.asked[0]?.draft).toMatchObject({ text: '', attachments: [file] });
  page.asked[0]?.answer(true);
  await settled();
  expect(page.fate()).toBe('saved');
  page.attach([], 2_000);
  await page.passTo(2_200);
  expect(page.asked[1]?.draft).toEqual({
    ticketId: 't-1',
    mode: 'reply',
    text: '',
    takenBack: null,
  });
  const other = start();
  other.keeper.take([{ ...kept('See this'), attachments: [file] }]);
  expect(other.files()).toEqual([file]);
  expect(other.text()).toBe('See this');
});
