import { defineConfig } from 'vitest/config';

const everything = ['{server,client,shared,scripts,e2e}/**/*.test.{ts,tsx}'];
/** Real processes under real load: too long for the quick part. */
const load = ['server/test/load/**/*.test.ts', 'e2e/load/faults/soak.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'quick', include: everything, exclude: load } },
      {
        extends: true,
        test: { name: 'load', include: load, testTimeout: 120_000, fileParallelism: false, maxWorkers: 1 },
      },
    ],
  },
});
