import { expect, it } from 'vitest'
import { lampOf } from './obligation-lamp.ts'

it('turns with the time that is left, to the second', () => {
  const left = (secondsLeft: number) => lampOf({ outcome: 'not_yet_due', secondsLeft })
  expect([left(259_201), left(259_200), left(3_600), left(3_599), left(0)]).toEqual([
    'green',
    'amber',
    'amber',
    'red',
    'red',
  ])
  expect(lampOf({ outcome: 'missing', secondsLeft: -1 })).toBe('red')
  expect([lampOf({ outcome: 'late', secondsLeft: null }), lampOf({ outcome: 'on_time', secondsLeft: null })]).toEqual([
    null,
    null,
  ])
})
