import { crc32 } from 'node:zlib';

/** Chance that a seed decides: the same seed gives the same numbers for ever. */
export type Prng = {
  /** From 0 up to 1, itself excluded. */
  next: () => number;
  /** A whole number from `low` to `high`, both included. */
  int: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  /** 32 random bits. */
  bits: () => number;
  /** A source of its own, so that what one part draws does not change what another does. */
  fork: (name: string) => Prng;
};

/** sfc32, seeded by a text. */
export function prng(seed: string): Prng {
  let a = crc32(seed);
  let b = crc32(`${seed}/b`);
  let c = crc32(`${seed}/c`);
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let n = 0; n < 12; n += 1) bits();
  const next = (): number => bits() / 0x1_0000_0000;
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const found = list[int(0, list.length - 1)];
      if (found === undefined) throw new Error('there is nothing to pick from');
      return found;
    },
    bits,
    fork: (name) => prng(`${seed}/${name}`),
  };
}
