import { dueCalculator } from './due-of.ts';
import { parseQuestion } from './question.ts';

/** A longer line is refused, not kept. */
export const MOST_LINE_BYTES = 1_000_000;
/** Answers go out in pieces of about so many characters. */
const WRITE_AT = 64_000;

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

  for await (const line of linesOf(input)) {
    answer(line);
    if (answers.length < WRITE_AT) continue;
    const piece = answers;
    answers = '';
    if (!(await write(piece))) return isGood;
  }
  if (answers !== '') await write(answers);
  return isGood;
}

const NEWLINE = 10;

/** Each line as text, without its end (LF or CRLF); null for one that is too long. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  const textOf = (bytes: Uint8Array) => decoder.decode(bytes).replace(/\r$/, '');
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const rest = chunk.subarray(start, end);
      if (length + rest.length > MOST_LINE_BYTES) yield null;
      else yield textOf(parts.length === 0 ? rest : Buffer.concat([...parts, rest]));
      parts = [];
      length = 0;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    // Of a line that is too long nothing more is kept.
    if (length > MOST_LINE_BYTES) parts = [];
    else if (rest.length > 0) parts.push(rest);
  }
  if (length > MOST_LINE_BYTES) yield null;
  else if (length > 0) yield textOf(Buffer.concat(parts));
}
