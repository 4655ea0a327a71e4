import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** The earliest and latest instant (epoch ms) of any current fact of a unit. */
export interface FactSpan {
  readonly unitCode: string
  readonly earliestAt: number
  readonly latestAt: number
}

/**
 * The time over which the facts of some units stretch; units without facts are left out. Dates count from 00:00 UTC; filings
 * by the year of their holiday, which is generous: a quarter more than needed does no harm.
 */
export async function listFactSpans(db: Db, unitCodes: readonly string[]): Promise<FactSpan[]> {
  if (unitCodes.length === 0) return []
  const { rows } = await sql<FactSpan>`
    select unit_code as "unitCode", min(earliest) as "earliestAt", max(latest) as "latestAt"
    from (
      select unit_code, min(occurred_at) as earliest, max(learned_at) as latest
        from event_case where unit_code = any (${unitCodes}::text[]) group by unit_code
      union all
      select unit_code, min(checked_at), max(checked_at)
        from check_record where unit_code = any (${unitCodes}::text[]) and replaced_at is null group by unit_code
      union all
      select unit_code, min(confirmed_on)::timestamp at time zone 'UTC', max(confirmed_on)::timestamp at time zone 'UTC'
        from misreport where unit_code = any (${unitCodes}::text[]) and replaced_at is null group by unit_code
      union all
      select unit_code, min(awarded_on)::timestamp at time zone 'UTC', max(awarded_on)::timestamp at time zone 'UTC'
        from bonus where unit_code = any (${unitCodes}::text[]) and replaced_at is null group by unit_code
      union all
      select unit_code, make_timestamptz(min(holiday_year), 1, 1, 0, 0, 0, 'UTC') - interval '31 days',
          make_timestamptz(max(holiday_year), 12, 31, 0, 0, 0, 'UTC')
        from filing where unit_code = any (${unitCodes}::text[]) and replaced_at is null group by unit_code
    ) as span
    group by unit_code
    order by unit_code`.execute(db)
  return rows
}
