import { isUtf8 } from 'node:buffer';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';

/** Longer lines are refused without being kept. */
export const MAX_LINE_BYTES = 1_000_000;

/** A line's text, or why it cannot be read. */
export type Line = Result<string, string>;

export type LineReader = {
  /** The lines that end in this chunk. */
  take: (chunk: Uint8Array) => Line[];
  /** The last line, where it has no end. */
  end: () => Line[];
};

const NEWLINE = 10;
const tooLong: Line = err(`the line is longer than ${MAX_LINE_BYTES} bytes`);

/** Cuts a stream of bytes into lines of UTF-8. Characters and lines may be split over chunks. */
export function lineReader(): LineReader {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  /** The line that has begun is too long already. */
  let isSkipping = false;
  let isFirst = true;

  function keep(part: Uint8Array): void {
    if (isSkipping || begunBytes + part.length > MAX_LINE_BYTES) {
      isSkipping = true;
      begun = [];
      begunBytes = 0;
      return;
    }
    // A copy: the chunk is the stream's, and larger than what is kept of it.
    if (part.length > 0) begun.push(part.slice());
    begunBytes += part.length;
  }

  /** Ends the line that has begun, and with it all the lines of the block. */
  function finish(block: Uint8Array): Line[] {
    const lines: Line[] = [];
    let rest = block;
    if (isSkipping) {
      lines.push(tooLong);
      isSkipping = false;
      const end = block.indexOf(NEWLINE);
      if (end === -1) return lines;
      rest = block.subarray(end + 1);
    }
    const whole = begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
    begun = [];
    begunBytes = 0;
    for (const line of split(whole)) lines.push(line);
    return lines;
  }

  function split(block: Uint8Array): Line[] {
    const bytes = Buffer.from(block.buffer, block.byteOffset, block.length);
    const lines = isUtf8(bytes) ? bytes.toString('utf8').split('\n').map(asLine) : oneByOne(bytes);
    const [first] = lines;
    if (isFirst && first?.ok === true && first.value.startsWith('\uFEFF'))
      lines[0] = ok(first.value.slice(1));
    isFirst = false;
    return lines;
  }

  return {
    take: (chunk) => {
      const end = chunk.lastIndexOf(NEWLINE);
      const lines = end === -1 ? [] : finish(chunk.subarray(0, end));
      keep(chunk.subarray(end + 1));
      return lines;
    },
    end: () => (isSkipping || begunBytes > 0 ? finish(new Uint8Array()) : []),
  };
}

function asLine(text: string): Line {
  return text.length > MAX_LINE_BYTES ? tooLong : ok(text);
}

/** Somewhere in the block are bytes that are not UTF-8: only their line is refused. */
function oneByOne(block: Buffer): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from <= block.length;) {
    const newline = block.indexOf(NEWLINE, from);
    const end = newline === -1 ? block.length : newline;
    const line = block.subarray(from, end);
    lines.push(isUtf8(line) ? asLine(line.toString('utf8')) : err('the bytes are not UTF-8'));
    from = end + 1;
  }
  return lines;
}
