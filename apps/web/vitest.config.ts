import { defineProject } from 'vitest/config'
import { sharedPlugins } from './plugins.ts'

export default defineProject({
  plugins: sharedPlugins({ importStyle: false }),
  test: {
    name: 'dom',
    env: { TZ: 'Asia/Kathmandu' },
    environment: 'happy-dom',
    // For machines that do something else besides; no test measures time by it.
    testTimeout: 30_000,
    include: ['src/**/*.dom.test.ts'],
    setupFiles: ['src/testing/setup-dom.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
