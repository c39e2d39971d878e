import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedList } from '../../shared/policy/sorted-list.ts';

const anyNumber = fc.nat({ max: 100_000 });

test('[U4] the list is in order over many buckets, after any adding and removing', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyNumber, { minLength: 1_500, maxLength: 4_000, size: 'max' }),
      fc.array(fc.record({ value: anyNumber, adds: fc.boolean() }), { maxLength: 400 }),
      fc.boolean(),
      (numbers, steps, atOnce) => {
        // Three of a number are told apart by the comparison alone.
        const list = sortedList<number>(
          (value) => Math.floor(value / 3),
          (a, b) => a - b,
        );
        const model = new Set(numbers);
        if (atOnce) list.replace(numbers.toSorted((a, b) => a - b));
        else for (const value of numbers) list.add(value);
        for (const { value, adds } of steps) {
          // What is there goes first, so that nothing is there twice.
          expect(list.remove(value)).toBe(model.delete(value));
          if (!adds) continue;
          list.add(value);
          model.add(value);
        }
        // So many go that buckets run empty.
        for (const value of numbers.slice(0, 1_200))
          expect(list.remove(value)).toBe(model.delete(value));
        const ordered = [...model].toSorted((a, b) => a - b);
        expect([...list]).toEqual(ordered);
        expect(list.first()).toBe(ordered[0]);
        expect(list.size()).toBe(ordered.length);
      },
    ),
    { seed: 5_007, numRuns: 30 },
  );
});
