import type { Readable, Writable } from 'node:stream';
import { answerLines } from '../due/answer-lines.ts';

/** Answers questions on standard input until it ends, or until nobody reads the answers. 1 where a line was wrong. */
export async function answerDues(input: Readable, output: Writable): Promise<number> {
  const reader: { isGone: boolean; fault: Error | null } = { isGone: false, fault: null };
  const gone = new Promise<void>((resolve) => {
    output.once('close', resolve);
    output.on('error', (error: NodeJS.ErrnoException) => {
      reader.isGone = true;
      // Such as `| head -1`: whoever asked has seen enough.
      if (error.code !== 'EPIPE') reader.fault = error;
      resolve();
    });
  });
  const isGood = await answerLines(input, async (text) => {
    if (reader.isGone) return false;
    if (output.write(text)) return true;
    // Without waiting for the reader answers would pile up here.
    await Promise.race([new Promise<void>((resolve) => output.once('drain', resolve)), gone]);
    return !reader.isGone;
  });
  // A fault of the last write is told a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  if (reader.fault !== null) throw reader.fault;
  return isGood ? 0 : 1;
}
