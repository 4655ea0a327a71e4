import type { ReadonlyDb } from '@zhidu/db'
import { localDateOf, type UnitPeriod, unitPeriodOn } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { type Office, officeOf } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'

/** True for whoever keeps the duty papers of a unit: its own people, and nobody above or through their eyes. */
export function mayKeep({ actor }: ServiceContext, unitCode: string): boolean {
  if (actor.kind !== 'account' || actor.viewer !== null) return false
  return actor.unitCode === unitCode && actor.permissions.has('duty.keep')
}

/** A unit in reach as it is today, else as it last was. Throws ServiceError `not_found`. */
export async function loadDutyUnit(db: ReadonlyDb, ctx: ServiceContext, unitCode: string): Promise<UnitPeriod> {
  const { periodsOf } = await loadRoster(db)
  const periods = periodsOf.get(unitCode) ?? []
  const period = unitPeriodOn(periods, localDateOf(ctx.clock())) ?? periods.at(-1)
  if (period === undefined) throw new ServiceError('not_found', 'duty_unit_unknown')
  return period
}

/** Throws ServiceError `not_found` for a unit out of reach, `forbidden` for one that is not one's own. */
export async function keeperOf(db: ReadonlyDb, ctx: ServiceContext, unitCode: string): Promise<Office> {
  await loadDutyUnit(db, ctx, unitCode)
  const own = officeOf(ctx)
  if (own.unitCode !== unitCode) throw new ServiceError('forbidden', 'duty_not_own')
  return own
}
