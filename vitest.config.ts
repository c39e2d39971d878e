import { defineConfig } from 'vitest/config';

/** Parts whose unit tests stand beside their file. */
const parts = '{shared,main,renderer,server,build}';

/**
 * One project for each kind of test; `vitest --project NAME`. Nothing is retried: a test that fails
 * now and then has found something.
 */
export default defineConfig({
  test: {
    projects: [
      {
        // Long enough for a machine that does several things at once.
        test: {
          name: 'unit',
          include: [`${parts}/**/*.test.{ts,tsx}`],
          testTimeout: 30_000,
          retry: 0,
        },
      },
      {
        test: {
          name: 'property',
          include: ['test/property/**/*.test.ts'],
          testTimeout: 120_000,
          retry: 0,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          // A share of seeds; one that fails is also shrunk.
          testTimeout: 300_000,
          retry: 0,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry: 0,
        },
      },
      {
        // Real processes that are killed: one file at a time, so that times mean something.
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          retry: 0,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          retry: 0,
        },
      },
    ],
  },
});
