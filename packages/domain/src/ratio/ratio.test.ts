import { expect, it } from 'vitest'
import { addRatios, EMPTY_RATIO, ratioValue } from './ratio.ts'

it('adds counts, and has no value when nothing was owed', () => {
  expect(addRatios({ part: 1, whole: 2 }, { part: 9, whole: 10 })).toEqual({ part: 10, whole: 12 })
  expect([ratioValue(EMPTY_RATIO), ratioValue({ part: 0, whole: 3 }), ratioValue({ part: 1, whole: 4 })]).toEqual([
    null,
    0,
    0.25,
  ])
})
