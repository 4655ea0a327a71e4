import { listSpecialPeriods, type ReadonlyDb } from '@zhidu/db'
import { type PlainDate, unitPeriodOn } from '@zhidu/domain'
import type { Roster } from '../league/load-roster.ts'

/** The newest version of each period that holds. */
export async function listPeriodsInForce(db: ReadonlyDb, offices: (officeCode: string) => boolean) {
  const seen = new Set<string>()
  return (await listSpecialPeriods(db, null)).filter(({ isWithdrawn, periodId, unitCode }) => {
    const isNewest = !seen.has(periodId)
    seen.add(periodId)
    return isNewest && !isWithdrawn && offices(unitCode)
  })
}

/** An office, and those above it: what is not in its own subtree and can be seen. */
export function asksUnitsBelow(roster: Roster, office: string): (officeCode: string) => boolean {
  return (code) => code === office || !roster.periodsOf.has(code)
}

/** The unit itself and the offices above it: in reach, or above the reader, whose tree does not show them. */
export function asksUnit(roster: Roster, unitCode: string, day: PlainDate): (officeCode: string) => boolean {
  const chain = new Set<string>()
  for (let code: string | null = unitCode; code !== null && !chain.has(code);) {
    chain.add(code)
    code = unitPeriodOn(roster.periodsOf.get(code) ?? [], day)?.parentCode ?? null
  }
  return (code) => chain.has(code) || !roster.periodsOf.has(code)
}
