import { defineConfig } from 'vitest/config'

// An odd zone, so that a hidden use of the machine's local time fails.
const env = { TZ: 'Asia/Kathmandu' }

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          env,
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
    ],
  },
})
