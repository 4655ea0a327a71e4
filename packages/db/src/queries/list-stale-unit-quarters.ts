import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

interface StaleArgs {
  /** Epoch ms. */
  readonly asOf: number
  /** The quarter of that instant; those before it have ended. */
  readonly currentQuarter: Quarter
  /** The rules that each quarter follows; rollups by other ones are stale. Quarters not named may follow any. */
  readonly rules: readonly { readonly quarter: Quarter; readonly id: string; readonly version: string }[]
  readonly limit: number
}

export function staleUnitQuartersQuery(db: ReadonlyDb, { asOf, currentQuarter, limit, rules }: StaleArgs) {
  const quarters = rules.map(({ quarter }) => quarter)
  const ids = rules.map(({ id }) => id)
  const versions = rules.map(({ version }) => version)
  return db
    .selectFrom('unit_quarter as latest')
    .select(['latest.unit_code as unitCode', 'latest.quarter'])
    .where('latest.basis', '=', 'latest')
    .where((eb) =>
      eb.or([
        eb('latest.steady_until', '<=', instant(asOf)),
        eb.exists(
          eb
            .selectFrom(
              sql<{
                quarter: Quarter
                id: string
                version: string
              }>`unnest(${quarters}::text[], ${ids}::text[], ${versions}::text[])`.as<'rules'>(
                sql`rules(quarter, id, version)`,
              ),
            )
            .select('rules.quarter')
            .whereRef('rules.quarter', '=', 'latest.quarter')
            .where((inner) =>
              inner.or([
                inner('rules.id', '!=', inner.ref('latest.regulation_id')),
                inner('rules.version', '!=', inner.ref('latest.regulation_version')),
              ]),
            ),
        ),
        eb.and([
          eb('latest.quarter', '<', currentQuarter),
          eb.not(
            eb.exists(
              eb
                .selectFrom('unit_quarter as ended')
                .select('ended.quarter')
                .whereRef('ended.quarter', '=', 'latest.quarter')
                .whereRef('ended.unit_code', '=', 'latest.unit_code')
                .where('ended.basis', '=', 'quarter_end'),
            ),
          ),
        ]),
      ]),
    )
    .orderBy('latest.quarter')
    .orderBy('latest.unit_code')
    .limit(limit)
}

/**
 * Units and quarters whose `latest` rollup no longer holds, was computed by other rules than the quarter follows, or whose
 * quarter has ended without its `quarter_end` rollup.
 */
export function listStaleUnitQuarters(
  db: ReadonlyDb,
  args: StaleArgs,
): Promise<{ unitCode: string; quarter: Quarter }[]> {
  return staleUnitQuartersQuery(db, args).execute()
}
