import { dueOf } from './due-of.ts';
import { lineReader } from './line-reader.ts';
import type { Line } from './line-reader.ts';
import { readQuestion } from './question.ts';
import { zoneYears } from './zone-years.ts';

/** Takes text and resolves once more may come: false where nobody reads any more. */
export type Write = (text: string) => Promise<boolean>;

/**
 * Answers each line of questions by a line, in order: its due, or what is wrong with it and where. Gives how many
 * were wrong. Nothing is kept but the line that has begun and the tables of zones.
 */
export async function answerLines(
  input: AsyncIterable<Uint8Array>,
  write: Write,
): Promise<{ wrong: number }> {
  const reader = lineReader();
  const years = zoneYears();
  let count = 0;
  let wrong = 0;

  const answer = (line: Line): string => {
    count += 1;
    const question = line.ok ? readQuestion(line.value) : line;
    if (question.ok) return `{"due":${dueOf(question.value, years)}}\n`;
    wrong += 1;
    return `${JSON.stringify({ error: `line ${count}: ${question.error}` })}\n`;
  };

  for await (const chunk of input) {
    const answers = reader.take(chunk).map(answer).join('');
    if (answers !== '' && !(await write(answers))) return { wrong };
  }
  const last = reader.end().map(answer).join('');
  if (last !== '') await write(last);
  return { wrong };
}
