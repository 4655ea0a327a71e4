import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { type FrozenTarget, touches } from './facts-since-freeze.ts'
import { isJudged, sameIdentity, STAGE_KINDS, type StageKindKey } from './stage-kinds.ts'

/** How much of a file would count in a frozen quarter, and does not. */
export interface FrozenTouch {
  readonly quarter: Quarter
  readonly rowCount: number
  readonly unitCount: number
}

/** Rows of the file that are new or changed and count, as they are or as they were, in a frozen quarter. Call after `compareStage`. */
export async function listTouchedFrozen(
  trx: Db,
  key: StageKindKey,
  targets: readonly FrozenTarget[],
): Promise<FrozenTouch[]> {
  if (!isJudged(key) || targets.length === 0) return []
  const kind = STAGE_KINDS[key]
  const found: FrozenTouch[] = []
  for (const { firstOn, holidays, lastOn, quarter } of targets) {
    const years = holidays.map(({ year }) => year)
    const names = holidays.map(({ name }) => name)
    const condition = sql.raw(touches(key, ['q.first_on', 'q.last_on', 'q.years', 'q.names']))
    const same = sql.raw(sameIdentity(kind, 't', 's'))
    const { rows } = await sql<Omit<FrozenTouch, 'quarter'>>`
      with q as (
        select ${firstOn}::date as first_on, ${lastOn}::date as last_on, ${years}::int[] as years, ${names}::text[] as names
      ), changed as (
        select s.* from import_stage s join import_change c on c.row_number = s.row_number and c.change <> 'unchanged'
      ), touched as (
        select t.row_number, t.unit_code from changed t, q where ${condition}
        union
        select s.row_number, s.unit_code from changed s join ${sql.table(kind.table)} t on t.replaced_at is null and ${same}, q
        where ${condition}
      )
      select count(distinct row_number) as "rowCount", count(distinct unit_code) as "unitCount" from touched`.execute(
      trx,
    )
    const [touch] = rows
    if (touch !== undefined && touch.rowCount > 0) found.push({ quarter, ...touch })
  }
  return found
}
