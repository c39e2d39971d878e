import { expect, test } from 'vitest';
import { answerLines, MOST_LINE_BYTES } from './answer-lines.ts';

const utf8 = new TextEncoder();

async function answer(...chunks: (string | Uint8Array)[]) {
  async function* input() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? utf8.encode(chunk) : chunk;
  }
  let out = '';
  const isGood = await answerLines(input(), async (text) => {
    out += text;
    return true;
  });
  return {
    isGood,
    lines: out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown),
  };
}

/** A Saturday noon in Berlin. */
const start = Date.parse('2026-11-21T11:00:00Z');
const question = (change: object = {}) =>
  JSON.stringify({ zone: 'Europe/Berlin', start, hours: 24, ...change });
const due = (at: string) => ({ due: Date.parse(at) });

test('[C8] each line is answered in its place, Sundays and holidays left out', async () => {
  const { isGood, lines } = await answer(
    [
      question(),
      question({ calendar: 'always' }),
      question({ holidays: ['2026-11-23'] }),
      question({ hours: 12 }),
      question({ hours: 0.5 }),
      question({ hours: 0, start: start + 86_400_000 }),
    ].join('\n'),
  );
  expect(isGood).toBe(true);
  expect(lines).toEqual([
    due('2026-11-23T11:00:00Z'),
    due('2026-11-22T11:00:00Z'),
    due('2026-11-24T11:00:00Z'),
    // Used up exactly when Saturday closes.
    due('2026-11-21T23:00:00Z'),
    due('2026-11-21T11:30:00Z'),
    due('2026-11-22T11:00:00Z'),
  ]);
});

test('lines are lines, however they come: split anywhere, ended by CRLF, the last by nothing', async () => {
  const text = utf8.encode(`${question()}\r\n${question({ zone: 'Zürich/é' })}\n${question()}`);
  const whole = await answer(text);
  expect(whole.lines).toEqual([
    due('2026-11-23T11:00:00Z'),
    { error: 'zone: no such IANA time zone: Zürich/é' },
    due('2026-11-23T11:00:00Z'),
  ]);
  for (let size = 1; size < 9; size += 1) {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < text.length; at += size) chunks.push(text.subarray(at, at + size));
    expect((await answer(...chunks)).lines).toEqual(whole.lines);
  }
});

test('a bad line is answered with what is wrong and where, and those after it are answered', async () => {
  const { isGood, lines } = await answer(
    [
      '{"zone":"UTC",',
      '',
      '[]',
      '7',
      question({ zone: '+02:00' }),
      question({ zone: 3 }),
      question({ start: 1.5 }),
      question({ start: Date.UTC(1899, 0, 1) }),
      question({ hours: -1 }),
      question({ hours: '24' }),
      question({ hours: 200_000 }),
      question({ holidays: ['2026-02-30'] }),
      question({ holidays: '2026-12-25' }),
      question({ calendar: 'sometimes' }),
      question({ colour: 'red' }),
      '{"start":0}',
      `${question()}x`,
      question(),
    ].join('\n'),
  );
  expect(isGood).toBe(false);
  expect(lines.map((line) => (line as { error?: string }).error ?? 'good')).toEqual([
    'not JSON: column 15',
    'the line is empty',
    'must be an object',
    'must be an object',
    'zone: no such IANA time zone: +02:00',
    'zone: must be a string',
    'start: must be a whole number',
    `start: must be at least ${Date.UTC(1900, 0, 1)}`,
    'hours: must be at least 0',
    'hours: must be a number',
    'hours: must be at most 100000',
    'holidays.0: must be a date such as 2026-12-25',
    'holidays: must be a list',
    'calendar: must be "always" or "business"',
    'colour: no such field',
    'zone: is missing; hours: is missing',
    'not JSON: column 58',
    'good',
  ]);
});

test('a line that is too long is refused and not kept', async () => {
  const long = 'x'.repeat(MOST_LINE_BYTES / 2 + 1);
  const { lines } = await answer(question(), '\n', long, long, long, '\n', question());
  expect(lines).toEqual([
    due('2026-11-23T11:00:00Z'),
    { error: `the line is longer than ${MOST_LINE_BYTES} bytes` },
    due('2026-11-23T11:00:00Z'),
  ]);
});
