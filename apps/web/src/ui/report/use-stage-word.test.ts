import { expect, it } from 'vitest'
import zh from './locales/zh-CN.json' with { type: 'json' }
import { toNumeral } from './use-stage-word.ts'

it('counts as papers of the language do', () => {
  const { digits } = zh.reportSheet
  const said = [1, 9, 10, 11, 20, 35, 99].map((number) => toNumeral(number, digits))
  const sign = (...places: number[]): string => places.map((place) => Array.from(digits)[place - 1]).join('')
  expect(said).toEqual([sign(1), sign(9), sign(10), sign(10, 1), sign(2, 10), sign(3, 10, 5), sign(9, 10, 9)])
  expect([toNumeral(100, digits), toNumeral(7, '-')]).toEqual(['100', '7'])
})
