import { listUnitOrder, listUnitPeriods, type ReadonlyDb, remember } from '@zhidu/db'
import { listMembers, type Quarter, type UnitPeriod } from '@zhidu/domain'

/** Everything known of which units there are. */
export interface Roster {
  /** All rows of every unit, in official order. */
  readonly periodsOf: ReadonlyMap<string, readonly UnitPeriod[]>
  /** Official order. */
  readonly position: ReadonlyMap<string, number>
}

async function readRoster(db: ReadonlyDb): Promise<Roster> {
  const [periods, order] = await Promise.all([listUnitPeriods(db), listUnitOrder(db)])
  const position = new Map(order.map((unitCode, index) => [unitCode, index]))
  const byUnit = Map.groupBy(periods, (period) => period.unitCode)
  return { periodsOf: new Map(order.map((unitCode) => [unitCode, byUnit.get(unitCode) ?? []])), position }
}

export function loadRoster(db: ReadonlyDb): Promise<Roster> {
  return remember(db, 'units', 'roster', () => readRoster(db))
}

/** Member rows of a quarter by peer group; groups and members in official order. */
export function groupMembers(roster: Roster, quarter: Quarter): Map<string, UnitPeriod[]> {
  return Map.groupBy(listMembers(roster.periodsOf, quarter), (period) => period.peerGroup)
}
