import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { err, ok } from '../../shared/base/result.ts';
import { MAX_CHUNK_BYTES } from '../../shared/bridge/blobs.ts';
import { MAX_ATTACHMENT_BYTES } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import {
  attachFiles,
  chooseFiles,
  comingFiles,
  dismissComing,
  isComing,
  removeFile,
} from './attach-files.ts';
import type { PageFile } from './attach-files.ts';
import type { Console } from './console.ts';
import { initialState } from './console-state.ts';
import { draftFiles, dropDraft } from './drafts.ts';

const attachment = (name: string): Attachment => ({
  hash: name.padEnd(64, '0').replaceAll(/[^0-9a-f]/g, 'a'),
  size: 3,
  name,
  type: 'text/plain',
});

/** A page whose main answers as a test says. */
function start(answers: Partial<Record<string, (params: never) => unknown>> = {}) {
  const calls: [string, unknown][] = [];
  let last = 0;
  const names = new Map<number, string>();
  const state = createStore(initialState);
  const bridge = {
    call: async (name: string, params: { id?: number; name?: string }) => {
      calls.push([name, params]);
      const answer = answers[name];
      if (answer !== undefined) return answer(params as never);
      if (name === 'blob.begin') {
        last += 1;
        names.set(last, params.name ?? '');
        return ok({ id: last });
      }
      if (name === 'blob.finish') return ok({ file: attachment(names.get(params.id ?? 0) ?? '') });
      return ok({});
    },
  };
  const console = { state, bridge } as unknown as Console;
  return {
    console,
    calls: () => calls.map(([name]) => name),
    params: (name: string) => calls.filter(([each]) => each === name).map(([, params]) => params),
    files: () => draftFiles(state.getState().drafts, 't1', 'reply').map(({ name }) => name),
    coming: () => comingFiles(state.getState().comingFiles, 't1', 'reply'),
    notices: () => state.getState().notices.map(({ text }) => text),
  };
}

const pageFile = (name: string, size = 3): PageFile => ({
  name,
  size,
  slice: (from, to) => ({
    arrayBuffer: async () => new ArrayBuffer(Math.max(0, Math.min(size, to) - from)),
  }),
});

const attach = (page: ReturnType<typeof start>, ...files: PageFile[]) =>
  attachFiles(page.console, 't1', 'reply', files);

test('[S16] a dropped file goes to main in pieces, and is in the draft when main has all of it', async () => {
  const page = start();
  const size = 2 * MAX_CHUNK_BYTES + 7;
  await attach(page, pageFile('log.txt', size));
  expect(page.params('blob.begin')).toEqual([{ name: 'log.txt', size }]);
  expect(
    page.params('blob.add').map((each) => {
      const { offset, bytes } = each as { offset: number; bytes: Uint8Array };
      return [offset, bytes.byteLength];
    }),
  ).toEqual([
    [0, MAX_CHUNK_BYTES],
    [MAX_CHUNK_BYTES, MAX_CHUNK_BYTES],
    [2 * MAX_CHUNK_BYTES, 7],
  ]);
  expect(page.files()).toEqual(['log.txt']);
  expect(page.coming()).toEqual([]);
});

test('[S16] while it is on its way nothing is sent, and it can be cancelled', async () => {
  let cancel = (): void => undefined;
  const page = start({
    'blob.add': () => {
      cancel();
      return ok({});
    },
  });
  cancel = () => {
    expect(isComing(page.coming())).toBe(true);
    dismissComing(page.console, 't1', 'reply', page.coming()[0]?.id ?? 0);
  };
  await attach(page, pageFile('log.txt', 3 * MAX_CHUNK_BYTES));
  expect(page.calls()).toEqual(['blob.begin', 'blob.add', 'blob.cancel']);
  expect(page.files()).toEqual([]);
});

test('[S16] what cannot be taken is said beside its name, and keeps nobody from sending', async () => {
  const page = start({
    'blob.finish': () => err({ code: 'not-saved', message: 'The disk is full.' }),
  });
  const folder: PageFile = {
    ...pageFile('folder', 4_096),
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error('a folder')) }),
  };
  await attach(
    page,
    pageFile('empty', 0),
    pageFile('large', MAX_ATTACHMENT_BYTES + 1),
    folder,
    pageFile('full'),
  );
  expect(page.coming().map(({ name, fault }) => [name, fault])).toEqual([
    ['empty', 'The file is empty.'],
    ['large', 'It has more than 25 MB.'],
    ['folder', 'It cannot be read.'],
    ['full', 'The disk is full.'],
  ]);
  expect(isComing(page.coming())).toBe(false);
  for (const { id } of page.coming()) dismissComing(page.console, 't1', 'reply', id);
  expect(page.coming()).toEqual([]);
});

test('[S16] at most 20 files, however they come', async () => {
  const page = start({
    'blob.choose': () =>
      ok({ files: [attachment('one more')], refused: ['pipe: It is not a file.'] }),
  });
  await attach(page, ...Array.from({ length: 22 }, (_, index) => pageFile(`file ${index}.txt`)));
  expect(page.files()).toHaveLength(20);
  expect(page.coming().map(({ fault }) => fault)).toEqual(
    Array.from({ length: 2 }, () => 'At most 20 files go with one message.'),
  );
  await chooseFiles(page.console, 't1', 'reply');
  expect(page.files()).toHaveLength(20);
  expect(page.notices()).toEqual([
    'At most 20 files go with one message.',
    'pipe: It is not a file.',
  ]);
});

test('[S16] a hostile name is shown clean from the start', async () => {
  const page = start({ 'blob.begin': () => err({ code: 'not-saved', message: 'no' }) });
  await attach(page, pageFile(`../in\u202Evoice\0${'x'.repeat(10_000)}.pdf`));
  const name = page.coming()[0]?.name ?? '';
  expect(name.length).toBeLessThanOrEqual(120);
  expect(name).toMatch(/^invoicex+\.pdf$/);
});

test('[S16] files are taken off one by one, and go with the draft', async () => {
  const page = start();
  await attach(page, pageFile('a.txt'), pageFile('b.txt'));
  const [first] = draftFiles(page.console.state.getState().drafts, 't1', 'reply');
  if (first === undefined) throw new Error('no file');
  removeFile(page.console, 't1', 'reply', first);
  expect(page.files()).toEqual(['b.txt']);
  // The same file again says nothing more.
  await attach(page, pageFile('b.txt'));
  expect(page.files()).toEqual(['b.txt']);
  dropDraft(page.console, 't1', 'reply');
  expect(page.files()).toEqual([]);
});
