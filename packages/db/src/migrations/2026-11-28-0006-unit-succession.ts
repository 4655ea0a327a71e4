import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`

const SUCCESSION = [
  // Goes with its units, so that clearing a demonstration needs not know of it.
  `create table unit_succession (
    succession_id uuid primary key,
    act_id uuid not null,
    unit_code text collate "C" not null references unit on delete cascade,
    successor_code text collate "C" not null references unit on delete cascade,
    on_date date not null,
    kind text not null check (kind in ('merge', 'split')),
    reason text not null check (reason <> ''),
    recorded_at timestamptz not null,
    recorded_by text not null,
    replaced_at timestamptz,
    replaced_by text,
    replaced_reason text,
    check (unit_code <> successor_code),
    check ((replaced_at is null) = (replaced_by is null) and (replaced_at is null) = (replaced_reason is null))
  )`,
  `create unique index unit_succession_current on unit_succession (unit_code, successor_code, on_date, kind)
    where replaced_at is null`,
  `create index unit_succession_of_successor on unit_succession (successor_code)`,
]

const OWN = `((select sees_all()) or unit_code = any (array(select my_units()))
  or successor_code = any (array(select my_units())))`
const ALL = `((select sees_all()))`

const SCOPE = [
  `alter table unit_succession enable row level security`,
  `alter table unit_succession force row level security`,
  `create policy owner_unit_succession on unit_succession to current_user using (true) with check (true)`,
  `create policy report_unit_succession on unit_succession for select to ${REPORT} using (true)`,
  `create policy read_unit_succession on unit_succession for select to ${APP} using ${OWN}`,
  `create policy add_unit_succession on unit_succession for insert to ${APP} with check ${ALL}`,
  `create policy change_unit_succession on unit_succession for update to ${APP} using ${ALL} with check ${ALL}`,
  `grant select on unit_succession to ${REPORT}`,
  `grant select, insert on unit_succession to ${APP}`,
  `grant update (replaced_at, replaced_by, replaced_reason) on unit_succession to ${APP}`,
]

/** Makes anew who stands above whom. `hops` bounds units that took each other in by turns; `more`: rows of merged units. */
function rebuildClosure(more: string): string {
  return `create or replace function rebuild_unit_closure() returns void language sql ${DEFINER} as $$
    delete from unit_closure;
    insert into unit_closure (ancestor_code, descendant_code, depth, valid_from, valid_to)
    with recursive stand as (
      select unit_code, parent_code, valid_from, 1 as step from unit_period where replaced_at is null
      ${more}
    ), place as (
      select unit_code, parent_code, step,
        case when row_number() over w = 1 then '-infinity'::date else coalesce(valid_from, '-infinity') end as f,
        coalesce(lead(valid_from) over w, 'infinity'::date) as t
      from stand
      window w as (partition by unit_code order by valid_from nulls first, step, parent_code)
    ), climb as (
      select unit_code as ancestor, unit_code as descendant, 0 as depth, 0 as hops,
        '-infinity'::date as f, 'infinity'::date as t
      from (select distinct unit_code from place) own
      union all
      select p.parent_code, c.descendant, c.depth + p.step, c.hops + 1, greatest(c.f, p.f), least(c.t, p.t)
      from climb c join place p on p.unit_code = c.ancestor and p.f < c.t and c.f < p.t and p.f < p.t
      where p.parent_code is not null and c.depth < 12 and c.hops < 24
    )
    select distinct on (ancestor, descendant, f) ancestor, descendant, depth, f, t from climb
    order by ancestor, descendant, f, depth, hops
  $$`
}

// From the day of the merger on, the merged unit stands at its successor, at its height: what it did is reached by whoever
// reaches the successor, and by nobody of its former line alone.
const MERGED = `union all
      select unit_code, successor_code, on_date, 0 from unit_succession where replaced_at is null and kind = 'merge'`

const CALENDAR = [
  `create table holiday_notice (
    notice_id uuid primary key,
    year integer not null check (year between 1949 and 9999),
    blocks jsonb not null,
    source text not null check (source <> ''),
    recorded_at timestamptz not null,
    recorded_by text,
    replaced_at timestamptz,
    replaced_by text,
    check ((replaced_at is null) = (replaced_by is null))
  )`,
  `create unique index holiday_notice_current on holiday_notice (year) where replaced_at is null`,
  `grant select on holiday_notice to ${REPORT}`,
  `grant select, insert on holiday_notice to ${APP}`,
  `grant update (replaced_at, replaced_by) on holiday_notice to ${APP}`,
  // The blocks in force are those of the notice in force; nobody writes them by hand.
  `create function apply_year_notice(wanted integer) returns void language plpgsql ${DEFINER} as $$
    begin
      if session_user = '${APP}' and not sees_all() then
        raise exception 'the calendar is kept at the top' using errcode = 'insufficient_privilege';
      end if;
      delete from holiday where year = wanted;
      insert into holiday (year, name, first_day_off, last_day_off, makeup_workdays)
      select wanted, block ->> 'name', (block ->> 'firstDayOff')::date, (block ->> 'lastDayOff')::date,
        array(select day::date from jsonb_array_elements_text(block -> 'makeupWorkdays') as days (day) order by 1)
      from holiday_notice, jsonb_array_elements(blocks) as all_blocks (block)
      where year = wanted and replaced_at is null;
    end $$`,
  `revoke all on function apply_year_notice(integer) from public`,
  `grant execute on function apply_year_notice(integer) to ${APP}`,
]

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, [...SUCCESSION, ...SCOPE, rebuildClosure(MERGED), ...CALENDAR])
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await run(db, [
    rebuildClosure(''),
    `drop table unit_succession`,
    `drop function apply_year_notice(integer)`,
    `drop table holiday_notice`,
    `select rebuild_unit_closure()`,
  ])
}
