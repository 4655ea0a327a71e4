import { expect, it } from 'vitest'
import { type DeductionTable, dominanceIntervals, expectedDeductions } from '../src/index.ts'
import { expectNear } from './expect-near.ts'
import { readFixture } from './read-fixture.ts'

interface Weights {
  readonly input: { readonly X: readonly (readonly number[])[]; readonly weights: readonly number[] }
  readonly expected: {
    readonly dominanceRankIntervals: {
      readonly byF: Readonly<Record<string, { readonly L: readonly number[]; readonly U: readonly number[] }>>
    }
  }
}

interface Deductions {
  readonly input: DeductionTable
  readonly tolerance: number
  readonly expected: Readonly<Record<Column, readonly number[]>> & { readonly tau2: number; readonly meanD: number }
}

const COLUMNS = ['pbar', 'D', 'rawScore', 'E', 'ratio', 'V', 'z', 'standardisedScore', 'shrunkRatio'] as const
type Column = (typeof COLUMNS)[number]

it('bounds the ranks under every weight of the box', () => {
  const { expected, input } = readFixture<Weights>('composite_weights')
  for (const [tolerance, { L, U }] of Object.entries(expected.dominanceRankIntervals.byF)) {
    const sets = dominanceIntervals(input.X, input.weights, Number(tolerance))
    expect(sets.map(({ low }) => low)).toEqual(L)
    expect(sets.map(({ high }) => high)).toEqual(U)
  }
})

it('corrects deductions for opportunity as in the worked example', () => {
  const { expected, input, tolerance } = readFixture<Deductions>('deduction_opportunity')
  const found = expectedDeductions(input)
  for (const column of COLUMNS) expectNear(found[column], expected[column], tolerance)
  expectNear([found.tau2, found.meanD], [expected.tau2, expected.meanD], tolerance)
})
