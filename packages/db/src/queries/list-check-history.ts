import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** What the checks on record say of a unit; a unit without any has no row. */
export interface CheckHistoryRow {
  readonly unitCode: string
  /** Epoch ms. */
  readonly lastCheckedAt: number
  readonly checksThisMonth: number
  readonly nightChecksThisQuarter: number
}

export interface CheckHistoryScope {
  readonly unitCodes: readonly string[]
  /** Epoch ms; what comes later does not count. */
  readonly asOf: number
  readonly monthFrom: number
  readonly quarterFrom: number
  /** Hours of local time (UTC+8): a check counts as one by night from the first on, and before the second. */
  readonly nightFromHour: number
  readonly nightToHour: number
}

/** History of some units by unit code. */
export function listCheckHistory(db: ReadonlyDb, scope: CheckHistoryScope): Promise<CheckHistoryRow[]> {
  const hour = sql<number>`extract(hour from checked_at at time zone interval '8 hours')`
  const isNight = sql<boolean>`(${hour} >= ${scope.nightFromHour} or ${hour} < ${scope.nightToHour})`
  return db
    .selectFrom('check_record')
    .select([
      'unit_code as unitCode',
      sql<number>`max(checked_at)`.as('lastCheckedAt'),
      sql<number>`(count(*) filter (where checked_at >= ${instant(scope.monthFrom)}))::int`.as('checksThisMonth'),
      sql<number>`(count(*) filter (where checked_at >= ${instant(scope.quarterFrom)} and ${isNight}))::int`.as(
        'nightChecksThisQuarter',
      ),
    ])
    .where('unit_code', '=', sql<string>`any (${[...scope.unitCodes]}::text[])`)
    .where('checked_at', '<=', instant(scope.asOf))
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'check-history', 'unit_code'))
    .groupBy('unit_code')
    .orderBy('unit_code')
    .execute()
}
