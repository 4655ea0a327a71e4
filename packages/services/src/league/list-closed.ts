import type { LeagueTable } from '@zhidu/contract'
import type { ReadonlyDb } from '@zhidu/db'
import { listClosedWithin, type Quarter } from '@zhidu/domain'
import type { Roster } from './load-roster.ts'
import { loadSummaries } from './load-summaries.ts'

/**
 * The units in reach of a group that were closed within the quarter, with what they owed until then. A frozen quarter keeps
 * results of the tables alone: their counts are null. `asOf`: epoch ms.
 */
export async function listClosed(
  db: ReadonlyDb,
  args: {
    readonly roster: Roster
    readonly quarter: Quarter
    readonly group: string
    readonly asOf: number
    readonly isFrozen: boolean
    readonly reach: ReadonlySet<string>
  },
): Promise<LeagueTable['closed']> {
  const { asOf, group, isFrozen, quarter, reach, roster } = args
  const closed = listClosedWithin(roster.periodsOf, quarter, group).filter(({ unitCode }) => reach.has(unitCode))
  if (closed.length === 0) return []
  const unitCodes = closed.map(({ unitCode }) => unitCode)
  const summaries = isFrozen ? null : await loadSummaries(db, { roster, quarter, asOf, unitCodes })
  return closed.map(({ name, unitCode, validTo }) => {
    const owed = summaries?.get(unitCode)?.timeliness
    return { unitCode, name, closedOn: validTo, counts: owed === undefined ? null : { ...owed } }
  })
}
