import { expect, it } from 'vitest'
import type { Regulation } from '../regulation/regulation.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { type FiguresOfCase, judgeCorrection, judgeTolerance, mayCount, type Statement } from './judge-figures.ts'

const HOUR = 3_600_000
const RULES: Regulation = {
  ...SAMPLE_REGULATION,
  understatement: { clause: '5-C', persons: 1, shortPercent: 10, correctedWithinHours: 2 },
  honestCorrection: { clause: '5-C', withinHours: 24, sharePercent: 50 },
}
const said = (at: number, deaths: number | null, injuries: number | null = null): Statement => ({
  at,
  deaths,
  missing: null,
  injuries,
})
const CASE: FiguresOfCase = {
  kind: 'understated',
  statements: [said(0, 3, 20)],
  found: { deaths: 6, missing: null, injuries: 22 },
  superiorAt: 100 * HOUR,
  unitAt: -HOUR,
}
const tolerance = (change: Partial<FiguresOfCase>, rules: Regulation = RULES) =>
  judgeTolerance({ ...CASE, ...change }, rules)
const correction = (change: Partial<FiguresOfCase>, rules: Regulation = RULES) =>
  judgeCorrection({ ...CASE, ...change }, rules)

it('takes the larger of persons and share as the tolerance, of each figure by itself', () => {
  const found = (deaths: number, injuries: number) => ({ deaths, missing: null, injuries })
  expect(tolerance({ found: found(4, 22) })?.verdict).toBe('within')
  expect(tolerance({ found: found(4, 23) })?.verdict).toBe('beyond')
  expect(tolerance({ found: found(5, 22) })?.verdict).toBe('beyond')
  expect(tolerance({ statements: [said(0, 4, 90)], found: found(4, 100) })?.verdict).toBe('within')
  expect(tolerance({ statements: [said(0, 4, 89)], found: found(4, 100) })?.verdict).toBe('beyond')
  expect(tolerance({ statements: [said(0, null)], found: found(1, 0) })?.verdict).toBe('within')
})

it('is no understatement when corrected within the hours, to the second, from whatever order of reports', () => {
  const at = (time: number) => tolerance({ statements: [said(time, 6, 22), said(0, 3, 20)] })
  expect(at(2 * HOUR)).toMatchObject({ verdict: 'corrected', correctedAt: 2 * HOUR })
  expect(at(2 * HOUR + 1_000)).toMatchObject({ verdict: 'beyond', correctedAt: 2 * HOUR + 1_000 })
  expect(tolerance({})).toMatchObject({ verdict: 'beyond', correctedAt: null })
})

it('says nothing of a tolerance that the rules do not have, of another kind, or without figures', () => {
  expect(tolerance({}, SAMPLE_REGULATION)).toBeNull()
  expect(tolerance({ kind: 'false' })).toBeNull()
  expect(tolerance({ found: null })?.verdict).toBe('cannot_tell')
  expect(tolerance({ statements: [] })?.verdict).toBe('cannot_tell')
})

it('takes off for a correction within the hours, to the second, and before the superior knew', () => {
  const at = (time: number, superiorAt = 100 * HOUR) =>
    correction({ statements: [said(0, 3, 20), said(time, 6, 22)], superiorAt })?.verdict
  expect(at(24 * HOUR)).toBe('honest')
  expect(at(24 * HOUR + 1_000)).toBe('too_late')
  expect(at(5 * HOUR, 5 * HOUR)).toBe('superior_first')
  expect(at(5 * HOUR, 5 * HOUR + 1_000)).toBe('honest')
  expect(correction({})?.verdict).toBe('none')
  expect(correction({}, SAMPLE_REGULATION)).toBeNull()
})

it('measures what was left out from when the unit learned of it', () => {
  const late = (at: number) => correction({ kind: 'omitted', statements: [said(at, 1)], found: null })?.verdict
  expect(late(23 * HOUR)).toBe('honest')
  expect(late(23 * HOUR + 1_000)).toBe('too_late')
  expect(correction({ kind: 'concealed', statements: [] })?.verdict).toBe('none')
  expect(correction({ kind: 'concealed', unitAt: null })?.verdict).toBe('cannot_tell')
  expect(correction({ kind: 'false', found: null })?.verdict).toBe('cannot_tell')
  expect(correction({ kind: 'false', statements: [] })?.verdict).toBe('cannot_tell')
})

it('goes without a tolerance where the rules have none', () => {
  const { understatement: _, ...rules } = RULES
  const at = (deaths: number) =>
    correction({ kind: 'false', statements: [said(0, 1), said(HOUR, deaths, 22)] }, rules)?.verdict
  expect(at(5)).toBe('none')
  expect(at(6)).toBe('honest')
})

it('lets a share be put on what is honest, or cannot be told from figures', () => {
  const rule = { clause: '5-C', withinHours: 24, sharePercent: 50 }
  expect(mayCount(null)).toBeNull()
  expect(mayCount({ verdict: 'honest', rule, correctedAt: 0 })).toBe(50)
  expect(mayCount({ verdict: 'cannot_tell', rule })).toBe(50)
  expect(mayCount({ verdict: 'too_late', rule, correctedAt: 0 })).toBeNull()
})
