import { randomUUID } from 'node:crypto'
import { SAMPLE_REGULATION } from '@zhidu/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { instant } from '../instant.ts'
import { addRegulation } from '../queries/put-rules.ts'
import { rebuildUnitClosure } from '../queries/rebuild-unit-closure.ts'
import { makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { withTransaction } from '../transaction/with-transaction.ts'

let database: TestDatabase
const accountId = randomUUID()
beforeAll(async () => {
  database = await createTestDatabase()
  const rows = await makeFactRows(database.db)
  await rows.units('T', 'U1')
  await rows.periods({ unit_code: 'T' }, { unit_code: 'U1', parent_code: 'T' })
  await rows.reports({ unit_code: 'U1' })
  await rows.cases({ unit_code: 'U1' })
  await rows.checks({ unit_code: 'U1' })
  await addRegulation(database.db, SAMPLE_REGULATION)
  await rebuildUnitClosure(database.db)
  const names = { login_name: 'top', display_name: '某人', unit_code: 'T' }
  await database.db
    .insertInto('account')
    .values({ account_id: accountId, ...names, created_at: instant(SOME_INSTANT) })
    .execute()
})
afterAll(() => database.close())

/** Everything that facts and rules are, as text. */
async function contents(): Promise<string> {
  const parts = []
  for (const table of [
    'report',
    'event_case',
    'check_record',
    'unit_period',
    'unit',
    'regulation',
    'holiday',
    'setting',
  ]) {
    parts.push((await sql`select t::text from ${sql.table(table)} t order by 1`.execute(database.db)).rows)
  }
  return JSON.stringify(parts)
}

/** What somebody who got hold of the log-in of requests might try against the facts, with the widest reach there is. */
const ATTACKS = [
  `update report set written_at = learned_at`,
  `update report set level = 'IV', elements = 4095`,
  `update check_record set findings = '{}'`,
  `update unit_period set name = 'x', parent_code = null`,
  `update unit set position = position + 100`,
  `delete from report`,
  `delete from check_record where true`,
  `delete from event_case`,
  `delete from unit_period`,
  `delete from import_file`,
  `truncate report cascade`,
  `truncate event_case, check_record`,
  `insert into check_record (check_code, unit_code, method, checked_at, inspectors, findings, import_id, recorded_at)
    select check_code, unit_code, method, checked_at, inspectors, findings, import_id, recorded_at from check_record
    on conflict (check_code) where replaced_at is null do update set findings = '{}'`,
  `insert into report (event_code, unit_code, stage, sequence, category, level, occurred_at, learned_at, phoned_at, written_at, elements, import_id, recorded_at)
    select event_code, unit_code, stage, sequence, category, level, occurred_at, learned_at, phoned_at, written_at, elements, import_id, recorded_at from report
    on conflict (event_code, unit_code, stage, sequence) where replaced_at is null do update set level = 'IV'`,
  `merge into report r using (select 1) s on r.event_code is not null when matched then delete`,
  `delete from obligation`,
  `update obligation set due_at = now()`,
  `update obligation set cause = 'arose'`,
  `truncate obligation`,
  `alter table obligation disable trigger obligation_stays`,
  `delete from obligation_basis`,
  `alter table report disable row level security`,
  `alter table report no force row level security`,
  `alter table report disable trigger all`,
  `alter table report add column x integer`,
  `drop table report cascade`,
  `drop policy read_report on report`,
  `create policy mine on report using (true)`,
  `reassign owned by zhidu_report to zhidu_app`,
  `set session_replication_role = replica`,
  `set session authorization postgres`,
  `set role pg_write_all_data`,
  `create view v as select * from report`,
  `create or replace function sees_all() returns boolean language sql as 'select true'`,
  `create function f() returns void language sql security definer as 'delete from report'`,
  `delete from regulation`,
  `update regulation set document = '{}'`,
  `update regulation set state = 'draft'`,
  `update regulation set effective_from = '2030-01-01'`,
  `insert into regulation (regulation_id, version, document) values ('x', '1', '{}')`,
  `truncate regulation`,
  `alter table regulation disable trigger regulation_stays`,
  `insert into holiday values (2030, 'x', '2030-01-01', '2030-01-02')`,
  `update setting set value = '"loaded"'`,
  `insert into setting values ('synthetic', '"loaded"')`,
  `select clear_demonstration()`,
  // By a child table.
  `create temp table child () inherits (report)`,
  `create temp table child (like report); alter table child inherit report`,
  `alter table report attach partition check_record for values in ('x')`,
  `create temp view through as select * from report; update through set level = 'IV'`,
  // By the configuration, of this transaction and of those to come.
  `select set_config('session_replication_role', 'replica', true)`,
  `set local session_replication_role = replica`,
  `alter role current_user set session_replication_role = replica`,
  `alter role all set session_replication_role = replica`,
  `do $$ begin execute format('alter database %I set row_security = off', current_database()); end $$`,
  `set local row_security = off; select * from report`,
  `select pg_reload_conf()`,
  `select set_config('log_statement', 'all', false)`,
  `set allow_system_table_mods = on`,
  `update pg_class set relrowsecurity = false where relname = 'report'`,
  `update pg_policy set polqual = null`,
  `delete from pg_trigger`,
  `set role zhidu_report`,
  `create extension dblink`,
  `load 'auto_explain'`,
  `select pg_read_file('PG_VERSION')`,
  `select lo_import('/etc/passwd')`,
  `select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user`,
  // A table of one's own in front of the one that the functions and policies look at.
  `create temp table account as select * from public.account; set local search_path = pg_temp, public; update report set level = 'IV'`,
  `copy report from program 'true'`,
  `copy report to program 'true'`,
  `lock table report in access exclusive mode`,
]

it.each(ATTACKS)('the log-in of requests cannot %s', async (statement) => {
  const before = await contents()
  const attack = withTransaction(database.app, async (trx) => {
    await sql`select set_config('zhidu.scope', ${`account:${accountId}`}, true), set_config('zhidu.on_date', '2026-09-30', true)`.execute(
      trx,
    )
    await sql.raw(statement).execute(trx)
  })
  await expect(attack).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|428C9|42809|23\d{3})$/) })
  expect(await contents()).toBe(before)
})

/** What no transaction may hold. */
const OUTSIDE = [
  `alter system set session_replication_role = replica`,
  `alter system set row_security = off`,
  `create database mine`,
  `drop database template1`,
]

it.each(OUTSIDE)('nor, outside of any transaction, %s', async (statement) => {
  await expect(sql.raw(statement).execute(database.app)).rejects.toMatchObject({ code: '42501' })
})
