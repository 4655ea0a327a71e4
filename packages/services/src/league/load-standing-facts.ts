import {
  type InstantRange,
  listBonusesOfUnits,
  listChecksOfUnits,
  listFilingsOfUnits,
  listMisreportsOfUnits,
  type ReadonlyDb,
} from '@zhidu/db'
import { type Quarter, quarterRange, type StandingFacts, type UnitPeriod } from '@zhidu/domain'

/** Filings due in a quarter are for holidays of its year or, due in December, of the next. */
export function holidayYearsOf(quarter: Quarter): number[] {
  const year = Number(quarter.slice(0, 4))
  return [year, year + 1]
}

/** Everything but the events of some units in a quarter; every unit asked for has an entry. */
export async function loadStandingFacts(
  db: ReadonlyDb,
  args: {
    readonly unitCodes: readonly string[]
    readonly quarter: Quarter
    readonly periodsOf: ReadonlyMap<string, readonly UnitPeriod[]>
  },
): Promise<Map<string, StandingFacts>> {
  const { periodsOf, quarter, unitCodes } = args
  const { firstOn, from, lastOn, to } = quarterRange(quarter)
  const range: InstantRange = { from, to }
  const [checks, misreports, filings, bonuses] = await Promise.all([
    listChecksOfUnits(db, { unitCodes, range }),
    listMisreportsOfUnits(db, { unitCodes, firstOn, lastOn }),
    listFilingsOfUnits(db, { unitCodes, years: holidayYearsOf(quarter) }),
    listBonusesOfUnits(db, { unitCodes, firstOn, lastOn }),
  ])
  const unitOf = (row: { readonly unitCode: string }): string => row.unitCode
  const checksOf = Map.groupBy(checks, unitOf)
  const misreportsOf = Map.groupBy(misreports, unitOf)
  const filingsOf = Map.groupBy(filings, unitOf)
  const bonusesOf = Map.groupBy(bonuses, unitOf)
  return new Map(
    unitCodes.map((unitCode) => [
      unitCode,
      {
        unitCode,
        periods: periodsOf.get(unitCode) ?? [],
        checks: checksOf.get(unitCode) ?? [],
        misreports: misreportsOf.get(unitCode) ?? [],
        filings: filingsOf.get(unitCode) ?? [],
        bonuses: bonusesOf.get(unitCode) ?? [],
      },
    ]),
  )
}
