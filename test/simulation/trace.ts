import { crc32 } from 'node:zlib';

/** What happened, as a hash, and as lines where somebody wants to read them. */
export type Trace = {
  note: (line: string) => void;
  hash: () => string;
  lines: () => readonly string[];
};

export function trace(nowMs: () => number, startMs: number, keep: boolean): Trace {
  const lines: string[] = [];
  let low = 0;
  let high = 0x9e37;
  return {
    note: (text) => {
      const line = `${((nowMs() - startMs) / 1_000).toFixed(3).padStart(8)} ${text}`;
      low = crc32(line, low);
      high = crc32(`${low}`, high);
      if (keep) lines.push(line);
    },
    hash: () => `${low.toString(16).padStart(8, '0')}${high.toString(16).padStart(8, '0')}`,
    lines: () => lines,
  };
}
