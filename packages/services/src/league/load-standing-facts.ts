import {
  type InstantRange,
  listAdoptionsOfUnits,
  listBonusesOfUnits,
  listChecksOfUnits,
  listFilingsOfUnits,
  listLogItemsOfUnits,
  listMisreportsOfUnits,
  listPreReportsOfUnits,
  listReopeningsOfUnits,
  listWaiversOfUnits,
  type ReadonlyDb,
} from '@zhidu/db'
import { addDays, DAY_MS, type Quarter, quarterRange, type StandingFacts, type UnitPeriod } from '@zhidu/domain'

/** Filings due in a quarter are for holidays of its year or, due in December, of the next. */
export function holidayYearsOf(quarter: Quarter): number[] {
  const year = Number(quarter.slice(0, 4))
  return [year, year + 1]
}

/** How long after its quarter the use of an event's information may be put down. */
const ADOPTED_WITHIN_DAYS = 92
/** A pre-report is sent about the time of its event. */
const NOTICE_SLACK_MS = 31 * DAY_MS

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
  const around = { from: from - NOTICE_SLACK_MS, to: to + NOTICE_SLACK_MS }
  const adopted = { firstOn: addDays(firstOn, -ADOPTED_WITHIN_DAYS), lastOn: addDays(lastOn, ADOPTED_WITHIN_DAYS) }
  const [checks, misreports, filings, bonuses, preReports, adoptions, reopenings, waivers, logItems] =
    await Promise.all([
      listChecksOfUnits(db, { unitCodes, range }),
      listMisreportsOfUnits(db, { unitCodes, firstOn, lastOn }),
      listFilingsOfUnits(db, { unitCodes, years: holidayYearsOf(quarter) }),
      listBonusesOfUnits(db, { unitCodes, firstOn, lastOn }),
      listPreReportsOfUnits(db, { unitCodes, range: around }),
      listAdoptionsOfUnits(db, { unitCodes, ...adopted }),
      listReopeningsOfUnits(db, unitCodes),
      listWaiversOfUnits(db, { unitCodes, quarter }),
      listLogItemsOfUnits(db, { unitCodes, range }),
    ])
  const unitOf = (row: { readonly unitCode: string }): string => row.unitCode
  const checksOf = Map.groupBy(checks, unitOf)
  const misreportsOf = Map.groupBy(misreports, unitOf)
  const filingsOf = Map.groupBy(filings, unitOf)
  const bonusesOf = Map.groupBy(bonuses, unitOf)
  const preReportsOf = Map.groupBy(preReports, unitOf)
  const adoptionsOf = Map.groupBy(adoptions, unitOf)
  const reopeningsOf = Map.groupBy(reopenings, unitOf)
  const waiversOf = Map.groupBy(waivers, unitOf)
  const logItemsOf = Map.groupBy(logItems, unitOf)
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
        preReports: preReportsOf.get(unitCode) ?? [],
        adoptions: adoptionsOf.get(unitCode) ?? [],
        reopenings: reopeningsOf.get(unitCode) ?? [],
        waivers: waiversOf.get(unitCode) ?? [],
        logItems: logItemsOf.get(unitCode) ?? [],
      },
    ]),
  )
}
