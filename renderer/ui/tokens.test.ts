import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The colours of the block after a selector. */
function colours(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(selector)).split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['bg', 'panel', 'raise', 'select', 'hover', 'note'];
const pairs = [
  ...['ink', 'ink-2', 'ink-3', 'over', 'risk', 'ok', 'accent'].flatMap((text) =>
    grounds.map((ground) => [text, ground] as const),
  ),
  ['over', 'over-bg'],
  ['risk', 'risk-bg'],
  ['over-ink', 'over'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
] as const;

test.each([
  ['light', ":root[data-theme='light']"],
  ['dark', ":root[data-theme='dark']"],
])('all text of the %s theme keeps 4.5:1 on every ground', (_theme, selector) => {
  const found = colours(selector);
  const weak = pairs.flatMap(([text, ground]) => {
    const ratio = contrast(found.get(text) ?? '', found.get(ground) ?? '');
    return ratio >= 4.5 ? [] : [`${text} on ${ground}: ${ratio.toFixed(2)}`];
  });
  expect(weak).toEqual([]);
});

test('the system’s dark and the chosen dark are the same', () => {
  const bySystem = colours(":root:not([data-theme='light'])");
  expect(bySystem).toEqual(colours(":root[data-theme='dark']"));
  expect(bySystem.size).toBeGreaterThan(20);
});
