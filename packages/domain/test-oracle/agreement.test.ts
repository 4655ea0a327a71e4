/** Two implementations of contract §5, written apart, asked the same questions. */
import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type BoundaryQuarter, boundaryQuarter, GROUPS } from './boundary-quarters.ts'
import { assessAll, domainLeague, toDomainQuestion, toEpochMs } from './domain-league.ts'
import type { Row } from './reference-cells.ts'
import { referenceLeague, type ReferenceRow } from './reference-league.ts'

/** Fixed, so that a run is the same everywhere. */
const SEED = 20_260_701
const QUARTERS = 10_000
const TIMEOUT_MS = 300_000

function csv(name: string, rows: readonly Row[]): string {
  if (rows.length === 0) return `${name}: none`
  const keys = Object.keys(rows[0] ?? {}).filter((key) => rows.some((row) => (row[key] ?? '') !== ''))
  return `${name}\n  ${[keys, ...rows.map((row) => keys.map((key) => row[key] ?? ''))].map((line) => line.join(',')).join('\n  ')}`
}

function describeCase({ files, quarter }: BoundaryQuarter, asOf: string, group: string): string {
  const { bonuses, checks, filings, holidays, misreports, reports, units } = files
  const kinds = { units, reports, checks, misreports, filings, bonuses, holidays }
  return [`${quarter} ${group} as of ${asOf}`, ...Object.entries(kinds).map(([name, rows]) => csv(name, rows))].join('\n')
}

/** Throws with the files and both answers where they first differ. */
function expectSame(reference: readonly ReferenceRow[], domain: readonly ReferenceRow[], about: () => string): void {
  if (isDeepStrictEqual(domain, reference)) return
  expect(domain, about()).toEqual(reference)
}

describe('the domain and the reference', () => {
  it(`give the same tables for ${QUARTERS} random quarters on every boundary`, { timeout: TIMEOUT_MS }, () => {
    fc.assert(
      fc.property(boundaryQuarter(4), (sample) => {
        const question = toDomainQuestion(sample.files, sample.quarter)
        for (const asOf of sample.asOfs) {
          const assessments = assessAll(question, toEpochMs(asOf))
          for (const group of GROUPS) {
            const reference = referenceLeague(sample.files, { quarter: sample.quarter, group, asOf })
            const domain = domainLeague(question, group, assessments)
            expectSame(reference, domain, () => describeCase(sample, asOf, group))
          }
        }
      }),
      { seed: SEED, numRuns: QUARTERS },
    )
  })
})
