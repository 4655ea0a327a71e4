/** Two implementations of contract §5, written apart, asked the same questions. */
import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { SAMPLE_REGULATION, type UnitAssessment } from '../src/index.ts'
import { type BoundaryQuarter, boundaryQuarter, GROUPS } from './boundary-quarters.ts'
import { describeFiles, withoutNeedlessRows } from './counterexample.ts'
import { assessAll, assessOne, domainLeague, toDomainQuestion, toEpochMs } from './domain-league.ts'
import type { ReferenceFiles } from './reference-cells.ts'
import { referenceLeague, type ReferenceRow } from './reference-league.ts'

/** Fixed, so that a run is the same everywhere. */
const SEED = 20_260_701
const QUARTERS = 10_000
const STEADY_QUARTERS = 2_000
const TIMEOUT_MS = 300_000

/** Both answers of one question. */
function answer(files: ReferenceFiles, quarter: string, group: string, asOf: string) {
  const question = toDomainQuestion(files, quarter)
  return {
    reference: referenceLeague(files, { quarter, group, asOf }),
    domain: domainLeague(question, group, assessAll(question, toEpochMs(asOf))),
  }
}

/** Throws with the fewest rows on which the answers differ, and the answers. */
function failWithLeast({ files, quarter }: BoundaryQuarter, group: string, asOf: string): void {
  const least = withoutNeedlessRows(files, (smaller) => {
    const { domain, reference } = answer(smaller, quarter, group, asOf)
    return !isDeepStrictEqual(domain, reference)
  })
  const { domain, reference } = answer(least, quarter, group, asOf)
  expect(domain, describeFiles(`${quarter} ${group} as of ${asOf}`, least)).toEqual(reference)
}

/** Runs a property and fails with the smallest case's own message, without the generator's dump of it. */
function hold<T>(property: fc.IProperty<T>, numRuns: number): void {
  const run = fc.check(property, { seed: SEED, numRuns })
  if (run.failed) throw run.errorInstance ?? new Error(`gave up after ${run.numRuns} runs`)
}

/** What a table's rows show of the rules, to prove that the random quarters reach all of them. */
function traitsOf(row: ReferenceRow): string[] {
  const sum = Object.values(row.dimensions).reduce((total, points) => total + points, 0)
  return [
    ...row.deductions.map(({ code }) => code),
    ...row.flags,
    ...Object.entries(row.timeliness).flatMap(([outcome, count]) => (count > 0 ? [outcome] : [])),
    row.grade ?? 'not measured',
    row.tied ? 'tied' : 'alone',
    row.commendable ? 'commendable' : 'not commendable',
    `sum ${sum}`,
    `bonus ${row.bonus}`,
  ]
}

const TRAITS: readonly string[] = [
  ...new Set(SAMPLE_REGULATION.deductions.map(({ code }) => code)),
  'level_changed',
  'onTime',
  'late',
  'missing',
  'notYetDue',
  '优秀',
  '良好',
  '一般',
  '较差',
  'not measured',
  'tied',
  'commendable',
  'sum 90',
  'sum 89.5',
  'sum 80',
  'sum 79.5',
  'sum 60',
  'sum 59.5',
  'bonus 5',
]

describe('the domain and the reference', () => {
  it(`give the same tables for ${QUARTERS} random quarters on every boundary`, { timeout: TIMEOUT_MS }, () => {
    const seen = new Set<string>()
    hold(
      fc.property(boundaryQuarter(4), (sample) => {
        const question = toDomainQuestion(sample.files, sample.quarter)
        for (const asOf of sample.asOfs) {
          const assessments = assessAll(question, toEpochMs(asOf))
          for (const group of GROUPS) {
            const reference = referenceLeague(sample.files, { quarter: sample.quarter, group, asOf })
            const domain = domainLeague(question, group, assessments)
            for (const row of reference) for (const trait of traitsOf(row)) seen.add(trait)
            if (!isDeepStrictEqual(domain, reference)) failWithLeast(sample, group, asOf)
          }
        }
      }),
      QUARTERS,
    )
    expect(TRAITS.filter((trait) => !seen.has(trait))).toEqual([])
  })
})

/** An assessment without what names the moment it was asked for. */
function timeless({ asOf: _asOf, steadyFrom: _from, steadyUntil: _until, ...rest }: UnitAssessment): object {
  return rest
}

describe('the steady interval of an assessment', () => {
  it('holds the instant asked for, and at both its ends the result is the same', { timeout: TIMEOUT_MS }, () => {
    hold(
      fc.property(boundaryQuarter(3), (sample) => {
        const question = toDomainQuestion(sample.files, sample.quarter)
        for (const asOf of sample.asOfs) {
          const at = toEpochMs(asOf)
          for (const [unitCode, assessment] of assessAll(question, at)) {
            const about = () => describeFiles(`${unitCode} in ${sample.quarter} as of ${asOf}`, sample.files)
            const { steadyFrom, steadyUntil } = assessment
            if (at < steadyFrom || at >= steadyUntil) expect.fail(`not inside: ${about()}`)
            for (const end of [steadyFrom, steadyUntil - 1_000]) {
              if (!Number.isFinite(end) || end === at) continue
              const other = timeless(assessOne(question, unitCode, end))
              if (isDeepStrictEqual(other, timeless(assessment))) continue
              expect(other, about()).toEqual(timeless(assessment))
            }
          }
        }
      }),
      STEADY_QUARTERS,
    )
  })
})
