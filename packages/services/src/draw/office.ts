import type { DrawAuthor, ReadonlyDb } from '@zhidu/db'
import { cutToSecond, localDateOf, unitPeriodOn } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'

/** The office that plans and draws, and who of it does so now. */
export interface Office {
  readonly unitCode: string
  readonly author: DrawAuthor
}

/** Throws ServiceError `forbidden` for whoever is of no unit: a draw has its people. */
export function officeOf({ actor, clock }: ServiceContext): Office {
  if (actor.kind !== 'account' || actor.unitCode === null) throw new ServiceError('forbidden', 'role_forbids')
  const author = { at: cutToSecond(clock()), name: actor.displayName, id: actor.accountId }
  return { unitCode: actor.unitCode, author }
}

/** Gives a unit's name of today, else its last; its code for a unit that is not in reach. */
export async function loadNames(db: ReadonlyDb, ctx: ServiceContext): Promise<(unitCode: string) => string> {
  const { periodsOf } = await loadRoster(db)
  const today = localDateOf(ctx.clock())
  return (unitCode) => {
    const periods = periodsOf.get(unitCode) ?? []
    return (unitPeriodOn(periods, today) ?? periods.at(-1))?.name ?? unitCode
  }
}

/** UTC to the second, as pools and certificates have it. */
export function toDrawInstant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
