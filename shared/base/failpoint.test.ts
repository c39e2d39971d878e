import { expect, test } from 'vitest';
import { dieAt, failpoint, onFailpoint } from './failpoint.ts';

test('[S5] an armed failpoint strikes at the count-th pass, and no other strikes', () => {
  let deaths = 0;
  onFailpoint(
    dieAt('journal.after-write:2', () => {
      deaths += 1;
    }),
  );
  failpoint('journal.after-write');
  failpoint('journal.after-fsync');
  failpoint('journal.after-fsync');
  expect(deaths).toBe(0);
  failpoint('journal.after-write');
  expect(deaths).toBe(1);
  onFailpoint(() => undefined);
});
