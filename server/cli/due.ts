import { once } from 'node:events';
import { answerLines } from '../due/answer-lines.ts';

/** Standard input answered line by line on standard output; 1 where any line was bad. */
export async function answerDues(): Promise<number> {
  const { stdin, stdout } = process;
  let isClosed = false;
  // Whoever reads has had enough, as `head` does: that is no failure.
  stdout.on('error', () => {
    isClosed = true;
    stdin.destroy();
  });
  try {
    const isGood = await answerLines(stdin, async (text) => {
      if (!isClosed && !stdout.write(text))
        await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]);
    });
    return isGood ? 0 : 1;
  } catch (error) {
    if (isClosed) return 0;
    throw error;
  }
}
