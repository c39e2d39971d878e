import { expect, test } from 'vitest';
import { answerLines } from './answer-lines.ts';
import { MAX_LINE_BYTES } from './line-reader.ts';

const good = '{"zone":"UTC","start":0,"hours":1}';
const goodAnswer = { due: 3_600_000 };

async function answers(...chunks: (string | Uint8Array)[]) {
  const lines: string[] = [];
  const { wrong } = await answerLines(stream(chunks), async (text) => {
    lines.push(text);
    return true;
  });
  const text = lines.join('');
  expect(text === '' || text.endsWith('\n')).toBe(true);
  const read = text
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
  return { read, wrong };
}

async function* stream(chunks: readonly (string | Uint8Array)[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

test.each([
  ['', 'the line is empty'],
  ['{"zone":"UTC"', 'not JSON: column 14: the text ends too early'],
  ['[]', 'not an object such as {"zone":"Europe/Berlin","start":0,"hours":24}'],
  ['null', 'not an object such as {"zone":"Europe/Berlin","start":0,"hours":24}'],
  ['{"start":0,"hours":1}', 'zone: is missing'],
  ['{"zone":"UTC","hours":1}', 'start: is missing'],
  ['{"zone":"UTC","start":0}', 'hours: is missing'],
  ['{"zone":"UTC","start":0,"hours":1,"day":1}', '"day": there is no such field'],
  ['{"zone":1,"start":0,"hours":1}', 'zone: is not text'],
  ['{"zone":"UTC","start":"0","hours":1}', 'start: is not a number'],
  ['{"zone":"UTC","start":0.5,"hours":1}', 'start: is not a whole number of ms'],
  ['{"zone":"UTC","start":0,"hours":null}', 'hours: is not a number'],
  [
    '{"zone":"Europe/Atlantis","start":0,"hours":1}',
    'zone: no such IANA time zone: "Europe/Atlantis"',
  ],
  ['{"zone":"+02:00","start":0,"hours":1}', 'zone: no such IANA time zone: "+02:00"'],
  ['{"zone":"UTC","start":-2208988800001,"hours":1}', 'start: is not from 1900 to 2999'],
  ['{"zone":"UTC","start":32503680000000,"hours":1}', 'start: is not from 1900 to 2999'],
  ['{"zone":"UTC","start":0,"hours":-1}', 'hours: is not from 0 to 1000000'],
  ['{"zone":"UTC","start":0,"hours":1e999}', 'hours: is not from 0 to 1000000'],
  ['{"zone":"UTC","start":0,"hours":1,"holidays":"x"}', 'holidays: is not a list'],
  [
    '{"zone":"UTC","start":0,"hours":1,"holidays":["2026-02-30"]}',
    'holidays.0: is not a date such as "2026-12-25"',
  ],
  [
    '{"zone":"UTC","start":0,"hours":1,"holidays":["2026-02-28",7]}',
    'holidays.1: is not a date such as "2026-12-25"',
  ],
  [
    '{"zone":"UTC","start":0,"hours":1,"calendar":"never"}',
    'calendar: is not "business" or "always"',
  ],
])('%s is refused with what and where, in its place', async (line, why) => {
  const { read, wrong } = await answers([good, line, good, ''].join('\n'));
  expect(wrong).toBe(1);
  expect(read).toHaveLength(3);
  expect([read[0], read[2]]).toEqual([goodAnswer, goodAnswer]);
  expect(read[1]).toEqual({ error: `line 2: ${why}` });
});

test('lines may end in CRLF, the last one in nothing, the first begin with a mark', async () => {
  expect(await answers(`\uFEFF${good}\r\n${good}`)).toEqual({
    read: [goodAnswer, goodAnswer],
    wrong: 0,
  });
  expect(await answers()).toEqual({ read: [], wrong: 0 });
  expect(await answers('\n')).toMatchObject({ wrong: 1 });
});

test('chunks end anywhere, also within a character', async () => {
  const bytes = Buffer.from(`${good}\n{"zone":"Größe","start":0,"hours":1}\n${good}`);
  const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(await answers(...single)).toEqual(await answers(bytes));
  expect((await answers(bytes)).read[1]).toEqual({
    error: 'line 2: zone: no such IANA time zone: "Größe"',
  });
});

test('bytes that are not UTF-8 spoil only their line', async () => {
  const { read } = await answers(Buffer.from(`${good}\n`), Uint8Array.of(0xff, 10), good);
  expect(read).toEqual([goodAnswer, { error: 'line 2: the bytes are not UTF-8' }, goodAnswer]);
  const whole = Buffer.concat([
    Buffer.from(`${good}\n`),
    Buffer.of(0xff),
    Buffer.from(`\n${good}`),
  ]);
  expect((await answers(whole)).read).toEqual(read);
});

test('a line of 10 MB is refused, whole or in pieces, and the next is answered', async () => {
  const long = Buffer.alloc(10_000_000, 0x20);
  const refused = { error: `line 2: the line is longer than ${MAX_LINE_BYTES} bytes` };
  const whole = Buffer.concat([Buffer.from(`${good}\n`), long, Buffer.from(`\n${good}\n`)]);
  expect((await answers(whole)).read).toEqual([goodAnswer, refused, goodAnswer]);
  const pieces = Array.from({ length: 160 }, (_, n) =>
    whole.subarray(n * 65_536, (n + 1) * 65_536),
  );
  expect((await answers(...pieces)).read).toEqual([goodAnswer, refused, goodAnswer]);
  expect((await answers(good, '\n', long)).read).toEqual([goodAnswer, refused]);
});

test('where nobody reads any more it stops asking', async () => {
  let taken = 0;
  async function* endless(): AsyncIterable<Uint8Array> {
    for (;;) {
      taken += 1;
      yield Buffer.from(`${good}\n`);
    }
  }
  await answerLines(endless(), async () => false);
  expect(taken).toBe(1);
});
