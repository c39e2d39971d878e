import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packTar } from './pack-tar.ts';
import { header, readHeader } from './tar-block.ts';
import { readNote, unpackTar } from './unpack-tar.ts';

const folder = mkdtempSync(join(tmpdir(), 'desk-tar-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = join(folder, 'source');
mkdirSync(join(source, 'base/5'), { recursive: true });
mkdirSync(join(source, 'pg_stat'));
writeFileSync(join(source, 'PG_VERSION'), '18\n');
writeFileSync(join(source, 'empty'), '');
writeFileSync(join(source, 'base/5/1259'), Buffer.alloc(3 * 1024 * 1024 + 17, 'x'));
writeFileSync(join(source, 'block'), Buffer.alloc(512, 1));

const note = { name: 'backup.json', text: '{"format":1}' };
const packed = Buffer.concat([...packTar(note, source, 'pgdata')]);

/** In chunks of odd sizes, as a stream may give them. */
async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const step = 65_537;
  for (let at = 0; at < bytes.byteLength; at += step) yield bytes.subarray(at, at + step);
}

let count = 0;
async function unpack(bytes: Uint8Array): Promise<{ into: string; note: string }> {
  count += 1;
  const into = join(folder, `into-${count}`);
  return { into, note: await unpackTar(chunks(bytes), into) };
}

test('[S5] what is packed comes out the same, folders without files too', async () => {
  const { into, note: text } = await unpack(packed);
  expect(text).toBe(note.text);
  expect(await readNote(chunks(packed))).toBe(note.text);
  const list = (from: string) => readdirSync(from, { recursive: true }).map(String).toSorted();
  expect(list(join(into, 'pgdata'))).toEqual(list(source));
  for (const name of ['PG_VERSION', 'empty', 'base/5/1259', 'block'])
    expect(readFileSync(join(into, 'pgdata', name))).toEqual(readFileSync(join(source, name)));
});

test('[S5] a byte that is not as it was written is found, and so is a missing end', async () => {
  const last = packed.byteLength - 1024 - 512;
  for (const at of [0, 130, 513, 1_600, 40_000, 2_000_000, packed.indexOf('18\n'), last]) {
    const flipped = Buffer.from(packed);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    await expect(unpack(flipped), `byte ${at}`).rejects.toThrow(/damaged|no backup|ends/);
  }
  for (const length of [0, 100, 512, 100_000, last])
    await expect(unpack(packed.subarray(0, length)), `${length} bytes`).rejects.toThrow(/ends/);
});

test('[X5] a name that leads out of the folder is refused', () => {
  for (const name of ['../x', '/etc/x', 'a/../../x', 'a\\x', 'a//x'])
    expect(() => readHeader(header(name, 0))).toThrow('damaged');
  expect(readHeader(header('pgdata/base/5/1259_fsm', 42))).toEqual({
    name: 'pgdata/base/5/1259_fsm',
    size: 42,
  });
});
