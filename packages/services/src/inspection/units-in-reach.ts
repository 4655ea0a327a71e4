import type { ReadonlyDb } from '@zhidu/db'
import { localDateOf, type UnitPeriod, unitPeriodOn } from '@zhidu/domain'
import { loadRoster } from '../league/load-roster.ts'

/** Whom an office may check at an instant, each in official order. */
export interface UnitsInReach {
  readonly below: ReadonlyMap<string, UnitPeriod>
  /** Two levels below: what the offices below check. */
  readonly further: ReadonlyMap<string, UnitPeriod>
}

/** Open units one and two levels below an office; `asOf`: epoch ms. */
export async function loadUnitsInReach(db: ReadonlyDb, office: string, asOf: number): Promise<UnitsInReach> {
  const { periodsOf } = await loadRoster(db)
  const today = localDateOf(asOf)
  const open = [...periodsOf].flatMap(([unitCode, periods]) => {
    const period = unitPeriodOn(periods, today)
    return period === null ? [] : [[unitCode, period] as const]
  })
  const below = new Map(open.filter(([, { parentCode }]) => parentCode === office))
  const further = new Map(open.filter(([, { parentCode }]) => parentCode !== null && below.has(parentCode)))
  return { below, further }
}
