import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedList } from './sorted-list.ts';

type Item = { key: number; name: number };
const byName = (a: Item, b: Item) => a.name - b.name;
const byBoth = (a: Item, b: Item) => a.key - b.key || byName(a, b);

/** Few numbers and many names, so that ties reach over several buckets. */
const anyItem = fc.record({
  key: fc.integer({ min: 0, max: 4 }),
  name: fc.integer({ min: 0, max: 400 }),
});
const anyChange = fc.record({ adds: fc.boolean(), item: anyItem });

test('[U4] whatever comes and goes, the list is what a plain sort gives', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyItem, { selector: ({ key, name }) => key * 1_000 + name, maxLength: 900 }),
      fc.array(anyChange, { maxLength: 900 }),
      (first, changes) => {
        const list = sortedList<Item>(({ key }) => key, byName);
        list.replace(first.toSorted(byBoth));
        let plain = [...first];
        for (const { adds, item } of changes) {
          const isThere = plain.some((each) => byBoth(each, item) === 0);
          if (adds && isThere) continue;
          if (adds) list.add(item);
          expect(adds || list.remove(item) === isThere).toBe(true);
          plain = adds ? [...plain, item] : plain.filter((each) => byBoth(each, item) !== 0);
        }
        expect([...list]).toEqual(plain.toSorted(byBoth));
        expect(list.size()).toBe(plain.length);
        expect(list.first()).toEqual(plain.toSorted(byBoth)[0]);
      },
    ),
    { numRuns: 40 },
  );
});

test('a list that was emptied takes up again', () => {
  const list = sortedList<Item>(({ key }) => key, byName);
  const item = { key: 1, name: 1 };
  list.add(item);
  expect(list.remove(item)).toBe(true);
  expect(list.first()).toBeUndefined();
  list.add(item);
  expect([...list]).toEqual([item]);
});

test('buckets split, and what is added in order stays in order', () => {
  const list = sortedList<Item>(({ key }) => key, byName);
  for (let key = 0; key < 2_000; key += 1) list.add({ key: (key * 7_919) % 2_000, name: 0 });
  expect(Array.from(list, ({ key }) => key)).toEqual(
    Array.from({ length: 2_000 }, (_, key) => key),
  );
});
