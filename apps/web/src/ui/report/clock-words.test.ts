import { expect, it } from 'vitest'
import { standingOf, toCountdown } from './clock-words.ts'

const DUE = '2026-11-20T10:00:00+08:00'
const at = (seconds: number): number => Date.parse(DUE) + seconds * 1_000

it.each([
  ['not_yet_due', -1_201, 'running'],
  ['not_yet_due', -1_200, 'soon'],
  ['not_yet_due', 0, 'soon'],
  ['not_yet_due', 1, 'missed'],
  ['missing', 5, 'missed'],
  ['on_time', 99, 'met'],
  ['late', 99, 'late'],
] as const)('a clock that is %s, %i seconds after its limit, is %s', (outcome, seconds, state) => {
  expect(standingOf({ dueAt: DUE, outcome }, at(seconds))).toMatchObject({ state, secondsLeft: 0 - seconds })
})

it('counts in hours, minutes and seconds', () => {
  expect([0, 59, 600, 3_723, -61].map(toCountdown)).toEqual(['00:00', '00:59', '10:00', '1:02:03', '01:01'])
})
