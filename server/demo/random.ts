import { invariant } from '../../shared/base/assert.ts';

/** Gives numbers from 0 (included) to 1 (excluded), as Math.random does. */
export type Random = () => number;

/** The same text gives the same numbers (32-bit FNV-1a into mulberry32). */
export function randomFrom(text: string): Random {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)];
  invariant(picked !== undefined, 'nothing to pick from');
  return picked;
}

/** A number from `least` (included) to `most` (excluded). */
export function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least);
}

/** A whole number from `least` to `most`, both included. */
export function wholeBetween(random: Random, least: number, most: number): number {
  return Math.floor(between(random, least, most + 1));
}

export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const mixed = [...list];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const held = mixed[index];
    const swapped = mixed[other];
    if (held === undefined || swapped === undefined) continue;
    mixed[index] = swapped;
    mixed[other] = held;
  }
  return mixed;
}
