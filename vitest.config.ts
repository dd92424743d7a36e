import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two cores: pure tests side by side; those on real servers take turns.
    projects: [
      {
        test: {
          name: 'pure',
          include: ['unit', 'property', 'replay', 'prompts'].map((room) => `test/${room}/**/*.test.ts`),
          setupFiles: ['test/property/seed.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'servers',
          globalSetup: ['test/server/get-temporal.ts'],
          include: ['test/server/**/*.test.ts', 'test/faults/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: ['test/server/get-temporal.ts', 'test/browser/demo.ts'],
          include: ['test/browser/**/*.browser.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 480_000,
          fileParallelism: false,
        },
      },
      {
        // Each file on a demo of its own: scripts/jobs.mjs runs them one by one.
        test: {
          name: 'jobs',
          globalSetup: ['test/server/get-temporal.ts', 'test/browser/demo.ts'],
          include: ['test/browser/**/*.jobs.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 480_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
