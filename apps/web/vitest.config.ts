import { defineProject } from 'vitest/config'
import { sharedPlugins } from './plugins.ts'

export default defineProject({
  plugins: sharedPlugins({ importStyle: false }),
  test: {
    name: 'dom',
    env: { TZ: 'Asia/Kathmandu' },
    environment: 'happy-dom',
    include: ['src/**/*.dom.test.ts'],
    setupFiles: ['src/testing/setup-dom.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
