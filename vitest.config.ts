import { defineConfig } from 'vitest/config'

// An odd zone, so that a hidden use of the machine's local time fails.
const env = { TZ: 'Asia/Kathmandu' }

export default defineConfig({
  test: {
    reporters: ['default'],
    // The runner itself hardly works while its workers do: one for each core, not one less.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          env,
          // For machines that do something else besides; no test measures time by it.
          testTimeout: 30_000,
          include: ['{apps,packages}/*/{src,test,test-oracle}/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.{db,dom}.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'db',
          env,
          include: ['{apps,packages}/*/{src,test}/**/*.db.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['packages/db/src/testing/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      'apps/web/vitest.config.ts',
      {
        test: {
          name: 'e2e',
          env,
          include: ['apps/web/e2e/**/*.e2e.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['apps/web/e2e/support/global-setup.ts'],
          // A browser and a server each; more of them at once than two would wait for each other.
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      // The rules are tested whole; elsewhere the number is a hint that nobody has to read.
      include: ['packages/domain/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/testing/**'],
      reporter: ['text'],
      reportsDirectory: '.toolchain/coverage',
      thresholds: { lines: 100, branches: 100 },
    },
  },
})
