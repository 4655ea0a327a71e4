import { listSuccessions, listUnitOrder, listUnitPeriods, type ReadonlyDb, remember } from '@zhidu/db'
import type { UnitPeriod, UnitTree } from '@zhidu/domain'

/** Everything known of which units there are, and what became of them. */
export interface Roster extends UnitTree {
  /** All rows of every unit, in official order. */
  readonly periodsOf: ReadonlyMap<string, readonly UnitPeriod[]>
  /** Official order. */
  readonly position: ReadonlyMap<string, number>
}

async function readRoster(db: ReadonlyDb): Promise<Roster> {
  const [periods, order, successions] = await Promise.all([listUnitPeriods(db), listUnitOrder(db), listSuccessions(db)])
  const position = new Map(order.map((unitCode, index) => [unitCode, index]))
  const byUnit = Map.groupBy(periods, (period) => period.unitCode)
  const periodsOf = new Map(order.map((unitCode) => [unitCode, byUnit.get(unitCode) ?? []]))
  return { periodsOf, position, successions }
}

export function loadRoster(db: ReadonlyDb): Promise<Roster> {
  return remember(db, 'units', 'roster', () => readRoster(db))
}
