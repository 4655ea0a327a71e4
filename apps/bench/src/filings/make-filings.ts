import { randomUUID } from 'node:crypto'
import { instant, type OpenDatabase, rebuildUnitClosure, withTransaction } from '@zhidu/db'
import { SAMPLE_HOLIDAYS, toHolidayKey } from '@zhidu/domain'
import { sql } from 'kysely'

export const OFFICE = 'P'
/** The last second on time is the end of 2026-09-26. */
export const HOLIDAY = '2026-国庆节'
/** Forms are due that many days before the first day off (the sample rules). */
const LEAD_DAYS = 5
const NOW = Date.parse('2026-10-15T09:00:00+08:00')
const CONTENT = '{"form":"whereabouts","filledBy":"","phone":"","rows":[]}'

/**
 * So many units one level below an office, with what a year's holidays left of both forms: of ten units seven were on time, two late and one
 * was silent; every second of them reminded twice. In an empty migrated database.
 */
export async function makeFilings(database: OpenDatabase, unitCount: number): Promise<void> {
  const importId = randomUUID()
  const blocks = JSON.stringify(
    SAMPLE_HOLIDAYS.map((block) => ({
      year: block.year,
      name: block.name,
      ref: toHolidayKey(block),
      first: block.firstDayOff,
    })),
  )
  await withTransaction(
    database.db,
    async (trx) => {
      const at = instant(NOW)
      await sql`insert into import_file (import_id, kind, file_name, sha256, row_count, created_count, updated_count,
          unchanged_count, rejected_count, imported_at)
        values (${importId}::uuid, 'filings', 'bench', '', 0, 0, 0, 0, 0, ${at})`.execute(trx)
      await sql`create temporary table place on commit drop as
        select ${OFFICE}::text as unit_code, null::text as parent_code, 'province' as tier, 1 as position
        union all select 'C' || lpad(n::text, 5, '0'), ${OFFICE}, 'city', 1 + n
          from generate_series(1, ${unitCount}::int) n`.execute(trx)
      await sql`insert into unit (unit_code, position) select unit_code, position from place`.execute(trx)
      await sql`insert into unit_period (unit_code, name, parent_code, tier, peer_group, duty_mode, import_id, recorded_at)
        select unit_code, '单位' || unit_code, parent_code, tier, tier, 'room', ${importId}::uuid, ${at} from place`.execute(
        trx,
      )
      await rebuildUnitClosure(trx)
      // Instants of one form: when it arose, by when it was due, when it came.
      await sql`create temporary table owed on commit drop as
        select p.unit_code, b.year, b.name, b.ref, f.form, b.due_on, b.due_on - interval '30 days' as arises_at,
          (b.due_on + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 second' as due_at,
          to_char(b.due_on, 'YYYY"Q"Q') as quarter,
          case when p.position % 10 = 0 then null
            else (b.due_on::timestamp at time zone 'Asia/Shanghai')
              + case when p.position % 10 < 3 then interval '2 days' else - interval '1 day' end
              + p.position * interval '1 minute' end as received_at,
          p.position
        from place p
        cross join (select (b ->> 'year')::int as year, b ->> 'name' as name, b ->> 'ref' as ref,
            (b ->> 'first')::date - ${LEAD_DAYS}::int as due_on
          from jsonb_array_elements(${blocks}::jsonb) b) b
        cross join (values ('whereabouts'), ('roster')) f (form)
        where p.parent_code is not null`.execute(trx)
      await sql`insert into filing (unit_code, holiday_year, holiday_name, form, received_at, import_id, recorded_at)
        select unit_code, year, name, form, received_at, ${importId}::uuid, ${at} from owed`.execute(trx)
      await sql`insert into obligation (unit_code, quarter, kind, ref, arises_at, due_at, regulation_id, regulation_version,
          clause, cause, recorded_at, turns_at, turns_to)
        select unit_code, quarter, 'filing', ref || '/' || form, arises_at, due_at, 'sample', '1', '§5', 'arose', ${at},
          case when received_at is null then array[arises_at, due_at]
            when received_at <= due_at then array[arises_at, received_at] else array[arises_at, due_at, received_at] end,
          case when received_at is null then array['not_yet_due', 'missing']
            when received_at <= due_at then array['not_yet_due', 'on_time'] else array['not_yet_due', 'missing', 'late'] end
        from owed`.execute(trx)
      await sql`insert into filing_form (unit_code, holiday_year, holiday_name, form, version, receipt, content, content_hash,
          warnings, due_on, is_late, at, by_name, by_id)
        select unit_code, year, name, form, 1, 'AAAAA-' || translate(upper(lpad(to_hex(row_number() over ()), 5, '0')), '01', 'GH'), ${CONTENT}::text,
          encode(sha256(convert_to(${CONTENT}::text, 'UTF8')), 'hex'), '[]', due_on, received_at > due_at, received_at,
          'bench', ${importId}::uuid
        from owed where received_at is not null`.execute(trx)
      await sql`insert into filing_reminder (reminder_id, unit_code, office_code, office_name, holiday_year, holiday_name,
          due_on, forms, days_before, at)
        select gen_random_uuid(), unit_code, ${OFFICE}, '省', year, name, due_on, array['whereabouts', 'roster'], step,
          due_on - step * interval '1 day'
        from owed cross join (values (5), (1)) s (step) where form = 'roster' and position % 2 = 0`.execute(trx)
    },
    { statementTimeoutSeconds: 600 },
  )
  // What autovacuum does within minutes of an import; measured while it runs, it would be measured, too.
  await database.pool.query('vacuum (analyze)')
}
