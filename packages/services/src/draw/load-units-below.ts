import { isBelow, listCheckHistory, listQuartersWithFacts, type ReadonlyDb } from '@zhidu/db'
import {
  localDateOf,
  NIGHT,
  type Quarter,
  quarterOf,
  quarterOfDate,
  quarterRange,
  startOfLocalDay,
  toPlainDate,
  type UnitPeriod,
  unitPeriodOn,
} from '@zhidu/domain'
import { loadRoster } from '../league/load-roster.ts'

/** A unit one level below, with what the checks on record say of it. */
export interface UnitBelow {
  readonly unitCode: string
  readonly name: string
  readonly group: string
  readonly supervisedSince: Quarter
  readonly lastCheckedIn: Quarter | null
  readonly checksThisMonth: number
  readonly nightChecksThisQuarter: number
}

/** The first quarter under the office; a unit that was always there: since records begin. */
function supervisedSince(periods: readonly UnitPeriod[], office: string, firstQuarter: Quarter): Quarter {
  const starts = periods.flatMap(({ parentCode, validFrom }) => (parentCode === office ? [validFrom] : []))
  const first = starts.includes(null) ? null : (starts.toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))[0] ?? null)
  return first === null ? firstQuarter : quarterOfDate(first)
}

/** Open units one level below an office at an instant (epoch ms), in official order. */
export async function loadUnitsBelow(db: ReadonlyDb, office: string, asOf: number): Promise<UnitBelow[]> {
  const today = localDateOf(asOf)
  const quarter = quarterOf(asOf)
  const roster = await loadRoster(db)
  const open = [...roster.periodsOf].flatMap(([unitCode, periods]) => {
    const period = isBelow(db, unitCode) ? unitPeriodOn(periods, today) : null
    return period?.parentCode === office ? [{ period, periods }] : []
  })
  const unitCodes = open.map(({ period }) => period.unitCode)
  const monthFrom = startOfLocalDay(toPlainDate(`${today.slice(0, 7)}-01`))
  const hours = { nightFromHour: NIGHT.fromHour, nightToHour: NIGHT.toHour }
  const scope = { unitCodes, asOf, monthFrom, quarterFrom: quarterRange(quarter).from, ...hours }
  const history = new Map((await listCheckHistory(db, scope)).map((row) => [row.unitCode, row]))
  const known = (await listQuartersWithFacts(db)).filter((one) => one <= quarter).toSorted()
  return open.map(({ period, periods }) => {
    const row = history.get(period.unitCode)
    return {
      unitCode: period.unitCode,
      name: period.name,
      group: period.peerGroup,
      supervisedSince: supervisedSince(periods, office, known[0] ?? quarter),
      lastCheckedIn: row === undefined ? null : quarterOf(row.lastCheckedAt),
      checksThisMonth: row?.checksThisMonth ?? 0,
      nightChecksThisQuarter: row?.nightChecksThisQuarter ?? 0,
    }
  })
}
