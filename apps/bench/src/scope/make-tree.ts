import { randomUUID } from 'node:crypto'
import { instant, type OpenDatabase, rebuildUnitClosure, withTransaction } from '@zhidu/db'
import { sql } from 'kysely'

/** A province as offices stand: 1 province, 16 cities, 160 counties, 2,400 townships. */
const TREE = { cities: 16, counties: 160, townships: 2_400 } as const
export const TOP = 'P'
/** One county in the middle: itself and 15 townships. */
export const COUNTY = 'K080'

const NOW = Date.parse('2026-10-15T09:00:00+08:00')
const STATEMENT_SECONDS = 600

/** Units and `reportCount` first reports of 2026Q3, evenly over all units, in an empty migrated database. */
export async function makeTree(database: OpenDatabase, reportCount: number): Promise<void> {
  const importId = randomUUID()
  await withTransaction(
    database.db,
    async (trx) => {
      await sql`insert into import_file (import_id, kind, file_name, sha256, row_count, created_count, updated_count,
          unchanged_count, rejected_count, imported_at)
        values (${importId}::uuid, 'reports', 'bench', '', 0, 0, 0, 0, 0, ${instant(NOW)})`.execute(trx)
      await sql`create temporary table place on commit drop as
        select ${TOP}::text as unit_code, null::text as parent_code, 'province' as tier, 1 as position
        union all select 'C' || lpad(n::text, 3, '0'), ${TOP}, 'city', 1 + n from generate_series(1, ${TREE.cities}::int) n
        union all select 'K' || lpad(n::text, 3, '0'), 'C' || lpad((1 + n % ${TREE.cities}::int)::text, 3, '0'), 'county', 100 + n
          from generate_series(1, ${TREE.counties}::int) n
        union all select 'T' || lpad(n::text, 4, '0'), 'K' || lpad((1 + n % ${TREE.counties}::int)::text, 3, '0'), 'township', 1000 + n
          from generate_series(1, ${TREE.townships}::int) n`.execute(trx)
      await sql`insert into unit (unit_code, position) select unit_code, position from place`.execute(trx)
      await sql`insert into unit_period (unit_code, name, parent_code, tier, peer_group, duty_mode, import_id, recorded_at)
        select unit_code, '单位' || unit_code, parent_code, tier, tier, 'room', ${importId}::uuid, ${instant(NOW)} from place`.execute(
        trx,
      )
      await rebuildUnitClosure(trx)
      await sql`insert into report (event_code, unit_code, stage, sequence, category, level, occurred_at, learned_at,
          phoned_at, written_at, elements, import_id, recorded_at)
        select 'E' || lpad(n::text, 8, '0'), unit_code, 'first', 0, 'accident', (array['II', 'III', 'IV'])[1 + n % 3],
          learned - interval '5 minutes', learned, learned + interval '9 minutes', learned + (30 + n % 90) * interval '1 minute',
          4095, ${importId}::uuid, ${instant(NOW)}
        from (
          select n, u.unit_code, timestamptz '2026-07-01 00:00+08' + (n::bigint * 7919 % 7900000) * interval '1 second' as learned
          from generate_series(1, ${reportCount}::int) n
          join (select unit_code, row_number() over (order by position) - 1 as place from place) u
            on u.place = n % (select count(*) from place)
        ) made`.execute(trx)
      await sql`insert into event_case (unit_code, event_code, category, level, occurred_at, learned_at)
        select unit_code, event_code, category, level, occurred_at, learned_at from report`.execute(trx)
    },
    { statementTimeoutSeconds: STATEMENT_SECONDS },
  )
  // What autovacuum does within minutes of an import; measured while it runs, it would be measured, too.
  await database.pool.query('vacuum (analyze)')
}

/** An account of a unit with the reading of an inspector; gives its id. */
export async function makeReader(database: OpenDatabase, unitCode: string): Promise<string> {
  const accountId = randomUUID()
  await withTransaction(database.db, async (trx) => {
    const at = instant(NOW)
    await trx
      .insertInto('account')
      .values({
        account_id: accountId,
        login_name: `bench-${unitCode.toLowerCase()}`,
        display_name: 'bench',
        unit_code: unitCode,
        created_at: at,
      })
      .execute()
    await trx.insertInto('account_family').values({ account_id: accountId, family: 'business' }).execute()
    await trx
      .insertInto('account_role')
      .values({ account_id: accountId, family: 'business', role: 'inspector', granted_at: at, granted_by: 'bench' })
      .execute()
  })
  return accountId
}
