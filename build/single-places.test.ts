import ts from 'typescript';
import { expect, test } from 'vitest';
import { ambientUses, guardedUses } from './single-places.ts';

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
}

test.each([
  ["import { ipcMain } from 'electron';", 'ipcMain'],
  ['electron.ipcMain.handle(1);', 'ipcMain'],
  ['void shell.openExternal(url);', 'shell.openExternal'],
  ['new Notification({ title });', 'new Notification'],
  ['await fetch(url);', 'fetch'],
  ['await net.fetch(url);', 'fetch'],
  ['const get = globalThis.fetch;', 'fetch'],
])('%s is guarded', (text, guard) => {
  expect(guardedUses(parse(text))).toEqual([{ guard, line: 1 }]);
});

test('comments, strings, and things that are only called fetch are not', () => {
  const text = [
    '// ipcMain and fetch(url)',
    "const text = 'new Notification(x)';",
    'interface Desk { fetch: unknown }',
    'if (Notification.isSupported()) show();',
  ].join('\n');
  expect(guardedUses(parse(text))).toEqual([]);
});

test.each([
  'Date.now()',
  'new Date()',
  'Date()',
  'Math.random()',
  'crypto.randomUUID()',
  'globalThis.performance.now()',
])('%s in pure code is found', (text) => {
  expect(ambientUses(parse(`\n${text};`))).toMatchObject([{ line: 2 }]);
});

test('a date from a given time is pure', () => {
  expect(
    ambientUses(parse('new Date(at).getTime(); Date.UTC(2026, 0, 1); Math.max(1, 2);')),
  ).toEqual([]);
});
