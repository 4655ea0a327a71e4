import {
  assessUnit,
  listGroupMembers,
  officialOrder,
  type Quarter,
  type RankedUnit,
  rankUnits,
  SAMPLE_HOLIDAYS,
  SAMPLE_REGULATION,
  type UnitAssessment,
} from '@zhidu/domain'
import type { SyntheticCity } from '../city/make-city.ts'

/** The table of a group under the sample rules as of an instant (epoch ms). */
export function rankCity(
  city: SyntheticCity,
  quarter: Quarter,
  group: string,
  asOf: number,
): RankedUnit<UnitAssessment>[] {
  const of = <T extends { readonly unitCode: string | null }>(rows: readonly T[]) =>
    Map.groupBy(rows, (row) => row.unitCode)
  const [periods, reports, checks] = [Map.groupBy(city.units, (row) => row.unitCode), of(city.reports), of(city.checks)]
  const [misreports, filings, bonuses] = [of(city.misreports), of(city.filings), of(city.bonuses)]
  const context = { quarter, asOf, regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
  const assessments = listGroupMembers(periods, quarter, group).map(({ unitCode }) =>
    assessUnit(
      {
        unitCode,
        periods: periods.get(unitCode) ?? [],
        reports: reports.get(unitCode) ?? [],
        checks: checks.get(unitCode) ?? [],
        misreports: misreports.get(unitCode) ?? [],
        filings: filings.get(unitCode) ?? [],
        bonuses: bonuses.get(unitCode) ?? [],
        preReports: [],
        adoptions: [],
        reopenings: [],
      },
      context,
    ),
  )
  return rankUnits(assessments, officialOrder(periods.keys()))
}

/** Standard errors between a count and what the chances of its trials make expect. */
export function standardErrors(count: number, chances: readonly number[]): number {
  const expected = chances.reduce((sum, chance) => sum + chance, 0)
  const variance = chances.reduce((sum, chance) => sum + chance * (1 - chance), 0)
  return (count - expected) / Math.sqrt(variance)
}
