import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDir } from '../../build/paths.ts';
import { plantedBugs } from './planted-bugs.ts';

test('there are at least twenty planted bugs, each with a name of its own', () => {
  expect(plantedBugs.length).toBeGreaterThanOrEqual(20);
  expect(new Set(plantedBugs.map((bug) => bug.name)).size).toBe(plantedBugs.length);
});

test.each(plantedBugs)('can be planted: $name', ({ file, right, wrong }) => {
  const source = readFileSync(join(projectDir, file), 'utf8');
  expect(source.split(right)).toHaveLength(2);
  expect(wrong).not.toBe(right);
});
