import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
/** What everybody may read of a frozen quarter: by which rules and which calendar it was judged. */
const SHARED = `'regulation.json', 'calendar.json'`
/** Read by the comparison among peers as well: places and sums, nobody's evidence. */
const COMPARED = `${SHARED}, 'results/units.jsonl'`

const VERSIONED = [
  'unit_period',
  'report',
  'check_record',
  'misreport',
  'filing',
  'lead',
  'bonus',
  'pre_report',
  'adoption',
]

const TABLES = [
  `create table frozen_quarter (
    frozen_id uuid primary key,
    quarter text collate "C" not null check (quarter ~ '^[1-9][0-9]{3}Q[1-4]$'),
    version integer not null check (version > 0),
    as_of timestamptz not null,
    regulation_id text not null,
    regulation_version text not null,
    method_version text not null,
    program_version text not null,
    manifest text not null,
    manifest_sha256 text not null,
    unit_count integer not null,
    fact_count integer not null,
    high_water jsonb not null,
    frozen_at timestamptz not null,
    frozen_by text not null,
    reason text check (reason <> ''),
    is_demonstration boolean not null,
    unique (quarter, version),
    check ((version = 1) = (reason is null)),
    check (manifest_sha256 = encode(sha256(convert_to(manifest, 'UTF8')), 'hex'))
  )`,
  // The head comes last: a frozen quarter whose head is there is whole, and takes no further part.
  `create table frozen_part (
    frozen_id uuid not null references frozen_quarter deferrable initially deferred,
    file_name text collate "C" not null,
    part integer not null check (part >= 0),
    unit_code text collate "C",
    is_gzip boolean not null,
    content bytea not null,
    primary key (frozen_id, file_name, part)
  )`,
  `create index frozen_part_of_unit on frozen_part (frozen_id, unit_code, file_name)`,
  // What came after a freeze is asked for with every list of quarters; rows lie in the order in which they came.
  ...VERSIONED.map((table) => `create index ${table}_version on ${table} using brin (version_id)`),
]

const GUARDS = [
  `create function keep_frozen() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and tg_table_name = 'frozen_quarter' then
        if old.is_demonstration then return old; end if;
      elsif tg_op = 'DELETE' then
        if exists (select from frozen_quarter q where q.frozen_id = old.frozen_id and q.is_demonstration) then
          return old;
        end if;
      end if;
      raise exception 'a frozen quarter stays as it is' using errcode = 'insufficient_privilege';
    end $$`,
  ...['frozen_quarter', 'frozen_part'].flatMap((table) => [
    `create trigger ${table}_stays before update or delete on ${table} for each row execute function keep_frozen()`,
    `create trigger ${table}_is_kept before truncate on ${table} for each statement execute function keep_frozen()`,
  ]),
  `create function check_frozen_part() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if exists (select from frozen_quarter where frozen_id = new.frozen_id) then
        raise exception 'a frozen quarter takes nothing more' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`,
  `create trigger frozen_part_is_new before insert on frozen_part for each row execute function check_frozen_part()`,
  // Local time is UTC+08:00. A quarter is frozen after its end, and its versions are counted without a gap.
  `create function check_frozen_quarter() returns trigger language plpgsql ${DEFINER} as $$
    declare
      ended timestamptz := (make_date(substr(new.quarter, 1, 4)::int, substr(new.quarter, 6)::int * 3 - 2, 1)
        + interval '3 months')::timestamp at time zone interval '8 hours';
      last_version integer;
      last_as_of timestamptz;
    begin
      select version, as_of into last_version, last_as_of from frozen_quarter
        where quarter = new.quarter order by version desc limit 1;
      if new.version <> coalesce(last_version, 0) + 1 or new.as_of < last_as_of then
        raise exception 'a frozen quarter gets its versions one after the other' using errcode = 'insufficient_privilege';
      end if;
      if new.as_of < ended - interval '1 second' or new.frozen_at < ended or new.as_of > new.frozen_at then
        raise exception 'a quarter is frozen after its end' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`,
  `create trigger frozen_quarter_is_next before insert on frozen_quarter
    for each row execute function check_frozen_quarter()`,
]

/** A version of a fact is closed once and for all by the next one; nothing else of it ever changes. */
const VERSIONS = [
  `create function keep_version() returns trigger language plpgsql as $$
    declare
      same record := old;
    begin
      if old.replaced_at is null and new.replaced_at is not null then
        same.replaced_at := new.replaced_at;
        same.replaced_by := new.replaced_by;
        if same is not distinct from new then return new; end if;
      end if;
      raise exception 'a fact is never changed, only replaced' using errcode = 'insufficient_privilege';
    end $$`,
  `create function keep_facts() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if tg_op = 'TRUNCATE' then
        raise exception 'facts stay' using errcode = 'insufficient_privilege';
      end if;
      if exists (select from gone) and not exists (select from setting where key = 'synthetic') then
        raise exception 'facts stay' using errcode = 'insufficient_privilege';
      end if;
      return null;
    end $$`,
  ...VERSIONED.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_version()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  ]),
]

const OWN = `((select sees_all()) or unit_code = any (array(select my_units())))`

const SCOPE = [
  ...['frozen_quarter', 'frozen_part'].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ((select sees_all()))`,
    `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    `grant select on ${table} to ${REPORT}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  // That a quarter is frozen, when and by whom, everybody may know.
  `create policy report_frozen_quarter on frozen_quarter for select to ${REPORT} using (true)`,
  `create policy read_frozen_quarter on frozen_quarter for select to ${APP} using (true)`,
  `create policy report_frozen_part on frozen_part for select to ${REPORT} using (file_name in (${COMPARED}))`,
  `create policy read_frozen_part on frozen_part for select to ${APP}
    using (${OWN} or (unit_code is null and file_name in (${SHARED})))`,
  ...['check_frozen_part()', 'check_frozen_quarter()', 'keep_facts()'].map(
    (name) => `revoke all on function ${name} from public`,
  ),
]

const CLEAR = `delete from frozen_part where frozen_id in (select frozen_id from frozen_quarter where is_demonstration);
      delete from frozen_quarter where is_demonstration;
      `

/** Demonstration data go whole: what was frozen of them as well. Put before the first row that goes, whatever else goes. */
function changeClearing(from: string, to: string): string {
  return `do $do$
    declare
      source text := pg_get_functiondef('clear_demonstration()'::regprocedure);
      changed text := replace(source, $from$${from}$from$, $to$${to}$to$);
    begin
      if changed = source then raise exception 'clear_demonstration() is not as expected'; end if;
      execute changed;
    end $do$`
}

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

export async function up(db: Kysely<unknown>): Promise<void> {
  const clearing = changeClearing('delete from api_token;', `${CLEAR}delete from api_token;`)
  await run(db, [...TABLES, ...GUARDS, ...VERSIONS, ...SCOPE, clearing])
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await run(db, [
    changeClearing(CLEAR, ''),
    ...VERSIONED.flatMap((table) => [
      ...['stays', 'is_kept', 'is_whole'].map((name) => `drop trigger ${table}_${name} on ${table}`),
      `drop index ${table}_version`,
    ]),
    `drop function keep_facts()`,
    `drop function keep_version()`,
    `drop table frozen_part`,
    `drop table frozen_quarter`,
    `drop function check_frozen_quarter()`,
    `drop function check_frozen_part()`,
    `drop function keep_frozen()`,
  ])
}
