import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    name: 'dom',
    env: { TZ: 'Asia/Kathmandu' },
    environment: 'happy-dom',
    include: ['src/**/*.dom.test.ts'],
  },
})
