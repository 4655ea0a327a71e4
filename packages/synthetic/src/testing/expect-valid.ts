import type { ReportFact, UnitPeriod } from '@zhidu/domain'
import { expect } from 'vitest'

/** The contract's conditions on report rows: order of instants, one row per identity, follow-ups numbered through. */
export function expectValidReports(reports: readonly ReportFact[], units: readonly UnitPeriod[]): void {
  const codes = new Set(units.map(({ unitCode }) => unitCode))
  const broken = reports.filter(
    ({ elements, learnedAt, occurredAt, phonedAt, unitCode, writtenAt }) =>
      !codes.has(unitCode) ||
      occurredAt > learnedAt ||
      (phonedAt !== null && phonedAt < learnedAt) ||
      (writtenAt !== null && writtenAt < learnedAt) ||
      new Set(elements).size !== elements.length ||
      [occurredAt, learnedAt, phonedAt ?? 0, writtenAt ?? 0].some((at) => at % 1_000 !== 0),
  )
  expect(broken).toEqual([])
  for (const [key, rows] of Map.groupBy(reports, ({ eventCode, unitCode }) => `${eventCode} ${unitCode}`)) {
    const followUps = rows.filter(({ stage }) => stage === 'follow_up')
    const shape = {
      key,
      first: rows.filter(({ sequence, stage }) => stage === 'first' && sequence === 0).length,
      finals: rows.filter(({ sequence, stage }) => stage === 'final' && sequence === 0).length,
      sequence: followUps.map(({ sequence }) => sequence),
      isInOrder: rows.every(
        ({ writtenAt }, index) => index === 0 || (writtenAt ?? 0) > (rows[index - 1]?.writtenAt ?? 0),
      ),
    }
    const finals = shape.finals === 0 ? 0 : 1
    expect(shape).toEqual({ key, first: 1, finals, sequence: followUps.map((_, index) => index + 1), isInOrder: true })
  }
}
