import { expect, it } from 'vitest'
import { repeat, toTiming } from './repeat.ts'

it('names the middle time, the lower of two, beside the shortest and the longest', () => {
  expect(toTiming([30, 10, 20])).toEqual({ medianMs: 20, minMs: 10, maxMs: 30, runCount: 3 })
  expect(toTiming([4, 1, 3, 2])).toMatchObject({ medianMs: 2, runCount: 4 })
})

it('leaves the first run out', async () => {
  let calls = 0
  const timing = await repeat(3, async () => {
    calls += 1
  })
  expect(calls).toBe(4)
  expect(timing.runCount).toBe(3)
})
