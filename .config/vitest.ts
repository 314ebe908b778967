import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As Node resolves it: otherwise it is loaded twice, and the two copies do not know each other's errors.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/database.ts',
    pool: 'forks',
    maxWorkers: 2,
    // A loaded machine may be slow once; what fails twice is broken. A retried test is told in the report.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
