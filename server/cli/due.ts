import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { answerLines } from '../due/answer-lines.ts';

/** Answers questions on standard input until it ends, or until nobody reads the answers. 1 where a line was wrong. */
export async function answerDues(input: Readable, output: Writable): Promise<number> {
  let isGone = false;
  let fault: Error | null = null;
  output.on('error', (error: NodeJS.ErrnoException) => {
    isGone = true;
    // Such as `| head -1`: whoever asked has seen enough.
    if (error.code !== 'EPIPE') fault = error;
  });
  const { wrong } = await answerLines(input, async (text) => {
    // Without waiting for the reader answers would pile up here.
    if (!isGone && !output.write(text)) await Promise.race([once(output, 'drain'), closed(output)]);
    return !isGone;
  });
  if (fault !== null) throw fault;
  return wrong > 0 ? 1 : 0;
}

/** Resolves when a stream has ended, well or not: then it never drains. */
function closed(output: Writable): Promise<void> {
  return new Promise((resolve) => output.once('close', resolve));
}
