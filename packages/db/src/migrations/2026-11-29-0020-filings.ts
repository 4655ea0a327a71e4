import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const UNIT = `text collate "C" not null references unit on delete cascade`
const BY = `at timestamptz not null, by_name text not null, by_id uuid not null`
const HOLIDAY = `holiday_year integer not null, holiday_name text collate "C" not null`
const FORM = `form text collate "C" not null check (form in ('whereabouts', 'roster'))`

/** Only ever added to. */
const KEPT = [
  'filing_source',
  'filing_form',
  'filing_reminder',
  'filing_reminder_seen',
  'duty_setting',
  'special_period',
  'daily_report',
] as const
/** One row a form, written over as it is typed. */
const DRAFT = 'filing_draft'

const TABLES = [
  // The file a form was read from, as it came; also one that could not be read.
  `create table filing_source (
    unit_code ${UNIT},
    sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
    ${HOLIDAY},
    ${FORM},
    name text not null check (name <> ''),
    content bytea not null check (octet_length(content) between 1 and 5000000),
    ${BY},
    primary key (unit_code, holiday_year, holiday_name, form, sha256)
  )`,
  `alter table filing_source alter column content set storage external`,
  `create table filing_draft (
    unit_code ${UNIT},
    ${HOLIDAY},
    ${FORM},
    content text not null check (content <> ''),
    source_sha256 text collate "C",
    ${BY},
    primary key (unit_code, holiday_year, holiday_name, form)
  )`,
  `create table filing_form (
    unit_code ${UNIT},
    ${HOLIDAY},
    ${FORM},
    version integer not null check (version > 0),
    receipt text collate "C" not null unique check (receipt ~ '^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$'),
    content text not null check (content <> ''),
    content_hash text collate "C" not null check (content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    warnings text not null,
    due_on date not null,
    is_late boolean not null,
    reason text check (reason <> ''),
    source_sha256 text collate "C",
    ${BY},
    primary key (unit_code, holiday_year, holiday_name, form, version),
    check ((version > 1) = (reason is not null))
  )`,
  `create table filing_reminder (
    reminder_id uuid primary key,
    unit_code ${UNIT},
    office_code ${UNIT},
    office_name text not null,
    ${HOLIDAY},
    due_on date not null,
    forms text[] not null check (cardinality(forms) > 0),
    days_before integer,
    at timestamptz not null,
    by_name text,
    by_id uuid,
    check ((by_name is null) = (by_id is null)),
    check ((by_id is null) = (days_before is not null))
  )`,
  `create index filing_reminder_of_unit on filing_reminder (unit_code, holiday_year, holiday_name, at)`,
  // A step of reminding is taken once, however many processes look.
  `create unique index filing_reminder_once on filing_reminder (unit_code, holiday_year, holiday_name, due_on, days_before)
    where days_before is not null`,
  `create table filing_reminder_seen (
    reminder_id uuid primary key references filing_reminder on delete cascade,
    unit_code ${UNIT},
    ${BY}
  )`,
  `create index filing_reminder_seen_of_unit on filing_reminder_seen (unit_code)`,
  `create table duty_setting (
    unit_code ${UNIT},
    version integer not null check (version > 0),
    reminder_days integer[] not null check (cardinality(reminder_days) <= 10),
    daily_until text check (daily_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    from_on date not null,
    ${BY},
    primary key (unit_code, version)
  )`,
  `create table special_period (
    period_id uuid not null,
    version integer not null check (version > 0),
    unit_code ${UNIT},
    kind text not null check (kind in ('flood_season', 'congress', 'response', 'other')),
    level text check (level in ('I', 'II', 'III', 'IV')),
    title text not null check (title <> ''),
    from_on date not null,
    to_on date check (to_on >= from_on),
    asks_double_leaders boolean not null,
    asks_daily_report boolean not null,
    note text not null,
    basis text not null check (basis <> ''),
    is_withdrawn boolean not null,
    ${BY},
    primary key (period_id, version),
    check ((kind = 'response') = (level is not null))
  )`,
  `create index special_period_of_unit on special_period (unit_code, from_on)`,
  `create table daily_report (
    unit_code ${UNIT},
    day date not null,
    version integer not null check (version > 0),
    kind text not null check (kind in ('zero', 'event')),
    note text check (note <> ''),
    event_code text collate "C",
    ${BY},
    primary key (unit_code, day, version),
    check (kind = 'zero' or note is not null or event_code is not null)
  )`,
]

const REFUSED = `using errcode = 'insufficient_privilege'`

/** The next version of a chain, and nothing between. */
function follows(table: string, same: string): readonly string[] {
  return [
    `create function check_${table}() returns trigger language plpgsql ${DEFINER} as $$
      begin
        if new.version <> 1 + (select count(*) from ${table} o where ${same}) then
          raise exception 'this is not the next version' ${REFUSED};
        end if;
        return new;
      end $$`,
    `create trigger ${table}_is_next before insert on ${table} for each row execute function check_${table}()`,
  ]
}

const SAME_FORM = `o.unit_code = new.unit_code and o.holiday_year = new.holiday_year and o.holiday_name = new.holiday_name
  and o.form = new.form`

const GUARDS = [
  `create function keep_filing() returns trigger language plpgsql as $$
    begin
      raise exception 'what was filed stays as it was' ${REFUSED};
    end $$`,
  ...KEPT.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_filing()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  ]),
  ...follows('filing_form', SAME_FORM),
  ...follows('duty_setting', `o.unit_code = new.unit_code`),
  ...follows('daily_report', `o.unit_code = new.unit_code and o.day = new.day`),
  // A period stays that of the office that began it.
  `create function check_special_period() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if new.version <> 1 + (select count(*) from special_period o where o.period_id = new.period_id)
        or exists (select from special_period o where o.period_id = new.period_id and o.unit_code <> new.unit_code) then
        raise exception 'this is not the next version' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger special_period_is_next before insert on special_period
    for each row execute function check_special_period()`,
  `create function check_reminder_seen() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from filing_reminder r where r.reminder_id = new.reminder_id and r.unit_code = new.unit_code) then
        raise exception 'a reminder is seen by the unit it was sent to' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger filing_reminder_is_seen before insert on filing_reminder_seen
    for each row execute function check_reminder_seen()`,
]

const DEFINERS = [
  'check_filing_form()',
  'check_duty_setting()',
  'check_daily_report()',
  'check_special_period()',
  'check_reminder_seen()',
] as const

const SELF = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`
const BELOW = `(office_code = (select scope_unit()) and unit_code = any (array(select units_below())))`
const READ = `((select sees_all()) or unit_code = any (array(select my_units())))`
/** Where leaders are is for the unit and its direct superior. */
const READ_NEAR = `(${SELF} or unit_code = any (array(select units_below())))`
/** What an office asks for is told to the units below it. */
const READ_TOLD = `((select sees_all()) or unit_code = any (array(select my_units())) or unit_code = any (array(select offices_above())))`

const POLICIES: Readonly<Record<(typeof KEPT)[number] | typeof DRAFT, readonly [read: string, add: string]>> = {
  filing_source: [READ_NEAR, SELF],
  filing_draft: [SELF, SELF],
  filing_form: [READ_NEAR, SELF],
  filing_reminder: [READ, BELOW],
  filing_reminder_seen: [READ, SELF],
  duty_setting: [READ_TOLD, SELF],
  special_period: [READ_TOLD, SELF],
  daily_report: [READ, SELF],
}

const SCOPE = [
  ...[...KEPT, DRAFT].flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy read_${table} on ${table} for select to ${APP} using ${POLICIES[table as typeof DRAFT][0]}`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${POLICIES[table as typeof DRAFT][1]}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  ...KEPT.map(
    (table) => `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
  ),
  `create policy change_${DRAFT} on ${DRAFT} for update to ${APP} using ${SELF} with check ${SELF}`,
  `grant update (content, source_sha256, at, by_name, by_id) on ${DRAFT} to ${APP}`,
  // Nothing of people for the comparison among peers.
  ...(['duty_setting', 'special_period'] as const).flatMap((table) => [
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `grant select on ${table} to ${REPORT}`,
  ]),
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
]

/** Both holiday forms as they were filed, reminders, special periods and daily reports; all but drafts is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of [DRAFT, ...KEPT.toReversed()]) await sql.raw(`drop table ${table} cascade`).execute(db)
  for (const name of [...DEFINERS, 'keep_filing()']) await sql.raw(`drop function ${name}`).execute(db)
}
