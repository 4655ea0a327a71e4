import type { ReadonlyDb } from '@zhidu/db'
import { type PlainDate, type UnitPeriod, unitPeriodOn } from '@zhidu/domain'
import { loadRoster } from '../league/load-roster.ts'

/** The units one level below an office on a day, in official order. */
export async function listUnitsBelow(db: ReadonlyDb, office: string, day: PlainDate): Promise<UnitPeriod[]> {
  const { periodsOf } = await loadRoster(db)
  return [...periodsOf.values()].flatMap((periods) => {
    const period = unitPeriodOn(periods, day)
    return period !== null && period.parentCode === office ? [period] : []
  })
}
