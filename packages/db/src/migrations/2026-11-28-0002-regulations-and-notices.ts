import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`

const VERSION_COLUMNS = `
  version_id bigint generated always as identity primary key,
  import_id uuid not null references import_file,
  recorded_at timestamptz not null,
  replaced_at timestamptz,
  replaced_by uuid references import_file,
  check ((replaced_at is null) = (replaced_by is null))`

const RULES = [
  // Only the sample of the program was there, in a form that is no more; the program puts it in anew.
  `delete from regulation where not document ? 'format'`,
  `alter table regulation
    add column state text not null default 'published' check (state in ('draft', 'published')),
    add column revision integer not null default 1,
    add column changed_at timestamptz,
    add column changed_by text,
    add column published_at timestamptz,
    add column published_by text`,
  // Of two versions for the same days nobody could say which is in force.
  `create unique index regulation_in_force on regulation (effective_from) nulls not distinct where state = 'published'`,
  `create function keep_published() returns trigger language plpgsql as $$
    begin
      if old.state = 'published' then
        raise exception 'a published regulation stays as it is' using errcode = 'insufficient_privilege';
      end if;
      return case tg_op when 'DELETE' then old else new end;
    end $$`,
  `create trigger regulation_stays before update or delete on regulation for each row execute function keep_published()`,
  `grant insert, update, delete on regulation to ${APP}`,
  `alter table holiday add column makeup_workdays date[] not null default '{}'`,
  `update holiday set makeup_workdays = m.days::date[] from (values
    ('元旦', '{2026-01-04}'), ('春节', '{2026-02-14,2026-02-28}'), ('劳动节', '{2026-05-09}'), ('国庆节', '{2026-09-20,2026-10-10}')
  ) m (name, days) where holiday.year = 2026 and holiday.name = m.name`,
]

const ROLLUPS = [
  `alter table unit_quarter
    add column points_timeliness integer not null default 0,
    add column points_completeness integer not null default 0,
    add column points_truthfulness integer not null default 0,
    add column points_discipline integer not null default 0,
    add column points_filing integer not null default 0,
    add column workload integer not null default 0,
    add column item_count integer,
    add column item_points integer,
    add check ((item_count is null) = (item_points is null))`,
  // Every row was computed by the sample rules.
  `update unit_quarter set
    points_timeliness = greatest(3000 - lost_timeliness, 0),
    points_completeness = greatest(2000 - lost_completeness, 0),
    points_truthfulness = greatest(2000 - lost_truthfulness, 0),
    points_discipline = greatest(2000 - lost_discipline, 0),
    points_filing = greatest(1000 - lost_filing, 0)`,
  ...['timeliness', 'completeness', 'truthfulness', 'discipline', 'filing'].map(
    (dimension) => `alter table unit_quarter alter column points_${dimension} drop default`,
  ),
  `alter table unit_quarter alter column workload drop default`,
]

const NOTICES = [
  `create table pre_report (
    event_code text collate "C" not null,
    unit_code text collate "C" not null references unit,
    pre_reported_at timestamptz not null,
    reason text not null,
    ${VERSION_COLUMNS}
  )`,
  `create unique index pre_report_current on pre_report (event_code, unit_code) where replaced_at is null`,
  `create index pre_report_of_unit on pre_report (unit_code, pre_reported_at) where replaced_at is null`,
  `create table adoption (
    event_code text collate "C" not null,
    unit_code text collate "C" not null references unit,
    use text not null check (use in ('special_report', 'circulated', 'commissioned', 'digest', 'on_file')),
    used_on date not null,
    ${VERSION_COLUMNS}
  )`,
  `create unique index adoption_current on adoption (event_code, unit_code) where replaced_at is null`,
  `create index adoption_of_unit on adoption (unit_code, used_on) where replaced_at is null`,
  `create table reopening (
    reopening_id uuid primary key,
    unit_code text collate "C" not null references unit,
    obligation text not null check (obligation in ('phone', 'written', 'final', 'filing')),
    ref text collate "C" not null,
    until timestamptz not null,
    reason text not null check (reason <> ''),
    reopened_at timestamptz not null,
    reopened_by text not null,
    check (reopened_at < until)
  )`,
  `create index reopening_of_unit on reopening (unit_code, ref, reopened_at)`,
]

const OWN = `((select sees_all()) or unit_code = any (array(select my_units())))`
const BELOW = `unit_code = any (array(select units_below()))`
const TABLES = { pre_report: OWN, adoption: BELOW, reopening: BELOW } as const

const SCOPE = Object.entries(TABLES).flatMap(([table, write]) => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
  `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
  `create policy read_${table} on ${table} for select to ${APP} using ${OWN}`,
  `create policy add_${table} on ${table} for insert to ${APP} with check (${write})`,
  `grant select on ${table} to ${REPORT}`,
  `grant select, insert on ${table} to ${APP}`,
  ...(table === 'reopening'
    ? [`create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`]
    : [
        `create policy change_${table} on ${table} for update to ${APP} using (${write}) with check (${write})`,
        `grant update (replaced_at, replaced_by) on ${table} to ${APP}`,
      ]),
])

function clearDemonstration(more: string): string {
  return `create or replace function clear_demonstration() returns void language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from setting where key = 'synthetic') and exists (select from unit) then
        raise exception 'these are no demonstration data' using errcode = 'insufficient_privilege';
      end if;
      delete from api_token;
      delete from account where is_demonstration;
      ${more}
      delete from unit_quarter; delete from event_case; delete from report; delete from check_record;
      delete from misreport; delete from filing; delete from lead; delete from bonus;
      delete from unit_closure; delete from unit_period;
      update account set unit_code = null where unit_code is not null;
      delete from unit; delete from import_file;
      delete from setting where key = 'synthetic';
    end $$`
}

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

export async function up(db: Kysely<unknown>): Promise<void> {
  const clear = clearDemonstration('delete from pre_report; delete from adoption; delete from reopening;')
  await run(db, [...RULES, ...ROLLUPS, ...NOTICES, ...SCOPE, clear])
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await run(db, [
    clearDemonstration(''),
    ...Object.keys(TABLES).map((table) => `drop table ${table}`),
    `alter table unit_quarter ${['timeliness', 'completeness', 'truthfulness', 'discipline', 'filing']
      .map((dimension) => `drop column points_${dimension}`)
      .join(', ')}, drop column workload, drop column item_count, drop column item_points`,
    `alter table holiday drop column makeup_workdays`,
    `drop trigger regulation_stays on regulation`,
    `drop function keep_published()`,
    `drop index regulation_in_force`,
    `delete from regulation`,
    `alter table regulation drop column state, drop column revision, drop column changed_at, drop column changed_by,
      drop column published_at, drop column published_by`,
    `revoke insert, update, delete on regulation from ${APP}`,
  ])
}
