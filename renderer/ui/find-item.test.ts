import { expect, test } from 'vitest';
import { findsItem } from './find-item.ts';

test.each([
  ['tok', 'Asia/Tokyo', true],
  ['tok', 'Antarctica/Vostok', false],
  ['europe/ber', 'Europe/Berlin', true],
  ['new_york', 'America/New York', true],
  ['york', 'America/New York', true],
  ['são', 'America/Sao Paulo', true],
  ['', 'UTC', true],
])('%j finds %s: %s', (typed, label, found) => {
  expect(findsItem({ label }, typed)).toBe(found);
});

test('the second column is found from its start', () => {
  const item = { label: 'America/Bogota', detail: '−05:00' };
  expect(findsItem(item, '-05')).toBe(true);
  expect(findsItem(item, '5:00')).toBe(false);
});
