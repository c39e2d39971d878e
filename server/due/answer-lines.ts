import { dueCalculator } from './due-of.ts';
import { parseQuestion } from './question.ts';

/** A longer line is refused, not kept. */
export const MOST_LINE_BYTES = 1_000_000;

/**
 * Answers a question a line, in order, as it reads: memory does not grow with the input. `write` resolves when there
 * is room for more, to false where nobody reads any more: then it ends. Gives whether every line was good. A last line
 * needs no end.
 */
export async function answerLines(
  input: AsyncIterable<Uint8Array>,
  write: (text: string) => Promise<boolean>,
): Promise<boolean> {
  const dueOf = dueCalculator();
  let isGood = true;
  let answers = '';

  const answer = (line: string | null): void => {
    const question =
      line === null
        ? ({ ok: false, error: `the line is longer than ${MOST_LINE_BYTES} bytes` } as const)
        : parseQuestion(line);
    const due = question.ok ? dueOf(question.value) : question;
    if (!due.ok) isGood = false;
    answers += due.ok ? `{"due":${due.value}}\n` : `${JSON.stringify({ error: due.error })}\n`;
  };

  for await (const lines of linesOf(input)) {
    lines.forEach(answer);
    // What came together is answered together, so that somebody who types is answered at once.
    const piece = answers;
    answers = '';
    if (piece !== '' && !(await write(piece))) return isGood;
  }
  return isGood;
}

const NEWLINE = 10;

/** The lines that each piece of the input ends, without their ends (LF or CRLF); null for one that is too long. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<(string | null)[]> {
  const decoder = new TextDecoder();
  const textOf = (bytes: Uint8Array) => decoder.decode(bytes).replace(/\r$/, '');
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    const lines: (string | null)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const rest = chunk.subarray(start, end);
      if (length + rest.length > MOST_LINE_BYTES) lines.push(null);
      else lines.push(textOf(parts.length === 0 ? rest : Buffer.concat([...parts, rest])));
      parts = [];
      length = 0;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    // Of a line that is too long nothing more is kept.
    if (length > MOST_LINE_BYTES) parts = [];
    else if (rest.length > 0) parts.push(rest);
    yield lines;
  }
  if (length > MOST_LINE_BYTES) yield [null];
  else if (length > 0) yield [textOf(Buffer.concat(parts))];
}
