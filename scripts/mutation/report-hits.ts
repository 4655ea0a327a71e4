import { appendFileSync } from 'node:fs'
import { afterAll, beforeAll, expect } from 'vitest'

// A setup file of the dry run: which functions of the mutated files a test file reaches, one line of JSON a test file.
const hits = new Set<string>()
Object.assign(globalThis, { zhiduHits: hits })
let startedAt = 0

beforeAll(() => {
  startedAt = performance.now()
})
afterAll(() => {
  const out = process.env['ZHIDU_HITS']
  if (out === undefined) return
  const line = { test: expect.getState().testPath, ms: performance.now() - startedAt, hits: [...hits] }
  appendFileSync(out, `${JSON.stringify(line)}\n`)
})
