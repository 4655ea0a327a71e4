import type { Quarter } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

interface StaleArgs {
  /** Epoch ms. */
  readonly asOf: number
  /** The quarter of that instant; those before it have ended. */
  readonly currentQuarter: Quarter
  readonly limit: number
}

export function staleUnitQuartersQuery(db: ReadonlyDb, { asOf, currentQuarter, limit }: StaleArgs) {
  return db
    .selectFrom('unit_quarter as latest')
    .select(['latest.unit_code as unitCode', 'latest.quarter'])
    .where('latest.basis', '=', 'latest')
    .where((eb) =>
      eb.or([
        eb('latest.steady_until', '<=', instant(asOf)),
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

/** Units and quarters whose `latest` rollup no longer holds, or whose quarter has ended without its `quarter_end` rollup. */
export function listStaleUnitQuarters(
  db: ReadonlyDb,
  args: StaleArgs,
): Promise<{ unitCode: string; quarter: Quarter }[]> {
  return staleUnitQuartersQuery(db, args).execute()
}
