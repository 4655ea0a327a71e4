import { type Kysely, sql } from 'kysely'

const VERSION_COLUMNS = `
  version_id bigint generated always as identity,
  import_id uuid not null references import_file,
  recorded_at timestamptz not null,
  replaced_at timestamptz,
  replaced_by uuid references import_file,
  check ((replaced_at is null) = (replaced_by is null))`

/** `column in ('a', 'b')`; the keys as they were when this migration was written. */
function oneOf(column: string, keys: string): string {
  return `check (${column} in (${keys
    .split(' ')
    .map((key) => `'${key}'`)
    .join(', ')}))`
}

const CATEGORY = oneOf('category', 'natural_disaster accident public_health social_security')
const LEVEL = oneOf('level', 'I II III IV')

// Codes compare by code point on every server: the order of keyset pages, and prefixes by index.
const STATEMENTS = [
  `create table import_file (
    import_id uuid primary key,
    kind text not null,
    file_name text not null,
    sha256 text not null,
    row_count integer not null,
    created_count integer not null,
    updated_count integer not null,
    unchanged_count integer not null,
    rejected_count integer not null,
    imported_at timestamptz not null
  )`,
  `create table unit (
    unit_code text collate "C" primary key,
    position integer not null unique
  )`,
  `create table unit_period (
    unit_code text collate "C" not null references unit,
    valid_from date,
    valid_to date,
    name text not null,
    short_name text,
    parent_code text collate "C",
    tier text not null,
    peer_group text not null,
    duty_mode text not null,
    ${oneOf('tier', 'province city county township')},
    ${oneOf('duty_mode', 'room phone')},
    check (valid_to is null or valid_from is null or valid_from < valid_to),
    ${VERSION_COLUMNS},
    primary key (version_id)
  )`,
  `create unique index unit_period_current on unit_period (unit_code, valid_from) nulls not distinct where replaced_at is null`,
  // Every key begins with the unit or holds it, so that the table can be partitioned by it.
  `create table report (
    event_code text collate "C" not null,
    unit_code text collate "C" not null references unit,
    stage text not null,
    sequence integer not null,
    category text not null,
    level text not null,
    occurred_at timestamptz not null,
    learned_at timestamptz not null,
    phoned_at timestamptz,
    written_at timestamptz,
    elements integer not null check (elements between 0 and 4095),
    ${oneOf('stage', 'first follow_up final')},
    ${CATEGORY},
    ${LEVEL},
    check (sequence >= 0),
    check (occurred_at <= learned_at and learned_at <= phoned_at and learned_at <= written_at),
    ${VERSION_COLUMNS},
    primary key (unit_code, version_id)
  )`,
  // One row per identity; also finds all reports of an event, and of one unit's event.
  `create unique index report_current on report (event_code, unit_code, stage, sequence) where replaced_at is null`,
  `create table event_case (
    unit_code text collate "C" not null references unit,
    event_code text collate "C" not null,
    category text not null,
    level text not null,
    occurred_at timestamptz not null,
    learned_at timestamptz not null,
    ${CATEGORY},
    ${LEVEL},
    check (occurred_at <= learned_at),
    primary key (unit_code, event_code)
  )`,
  // A quarter's events of one unit, by either clock.
  `create index event_case_occurred on event_case (unit_code, occurred_at)`,
  `create index event_case_learned on event_case (unit_code, learned_at)`,
  // The list of events, newest first.
  `create index event_case_recent on event_case (learned_at, event_code, unit_code)`,
  `create table check_record (
    check_code text collate "C" not null,
    unit_code text collate "C" not null references unit,
    method text not null,
    checked_at timestamptz not null,
    inspectors text[] not null,
    findings text[] not null,
    note text,
    ${oneOf('method', 'phone video onsite')},
    ${VERSION_COLUMNS},
    primary key (version_id)
  )`,
  `create unique index check_record_current on check_record (check_code) where replaced_at is null`,
  // The list of checks, newest first.
  `create index check_record_recent on check_record (checked_at, check_code) where replaced_at is null`,
  `create index check_record_of_unit on check_record (unit_code, checked_at) where replaced_at is null`,
  `create table misreport (
    misreport_code text collate "C" not null,
    unit_code text collate "C" not null references unit,
    event_code text collate "C",
    kind text not null,
    confirmed_on date not null,
    basis text not null,
    ${oneOf('kind', 'understated false omitted concealed')},
    ${VERSION_COLUMNS},
    primary key (version_id)
  )`,
  `create unique index misreport_current on misreport (misreport_code) where replaced_at is null`,
  `create index misreport_of_unit on misreport (unit_code, confirmed_on) where replaced_at is null`,
  `create table filing (
    unit_code text collate "C" not null references unit,
    holiday_year integer not null,
    holiday_name text not null,
    form text not null,
    received_at timestamptz,
    ${oneOf('form', 'whereabouts roster')},
    ${VERSION_COLUMNS},
    primary key (version_id)
  )`,
  `create unique index filing_current on filing (unit_code, holiday_year, holiday_name, form) where replaced_at is null`,
  `create table lead (
    lead_code text collate "C" not null,
    source text not null,
    seen_at timestamptz not null,
    occurred_at timestamptz,
    place text,
    unit_code text collate "C" references unit,
    category text,
    summary text not null,
    deaths integer,
    injuries integer,
    ${oneOf('source', 'media website informant hotline department superior')},
    ${CATEGORY},
    ${VERSION_COLUMNS},
    primary key (version_id)
  )`,
  `create unique index lead_current on lead (lead_code) where replaced_at is null`,
  `create table bonus (
    bonus_code text collate "C" not null,
    unit_code text collate "C" not null references unit,
    kind text not null,
    awarded_on date not null,
    event_code text collate "C",
    ${oneOf('kind', 'instruction_national instruction_province instruction_city media')},
    ${VERSION_COLUMNS},
    primary key (version_id)
  )`,
  `create unique index bonus_current on bonus (bonus_code) where replaced_at is null`,
  `create index bonus_of_unit on bonus (unit_code, awarded_on) where replaced_at is null`,
  `create table regulation (
    regulation_id text not null,
    version text not null,
    effective_from date,
    document jsonb not null,
    primary key (regulation_id, version)
  )`,
  `create table holiday (
    year integer not null,
    name text not null,
    first_day_off date not null,
    last_day_off date not null,
    primary key (year, name),
    check (first_day_off <= last_day_off)
  )`,
  `create table unit_quarter (
    unit_code text collate "C" not null references unit,
    quarter text collate "C" not null,
    basis text not null check (basis in ('latest', 'quarter_end')),
    regulation_id text not null,
    regulation_version text not null,
    method_version text not null,
    steady_from timestamptz,
    steady_until timestamptz,
    is_measured boolean not null,
    on_time_count integer not null,
    late_count integer not null,
    missing_count integer not null,
    not_yet_due_count integer not null,
    element_part integer not null,
    element_whole integer not null,
    check_passed integer not null,
    check_total integer not null,
    filing_on_time_count integer not null,
    filing_late_count integer not null,
    filing_missing_count integer not null,
    filing_not_yet_due_count integer not null,
    lost_timeliness bigint not null,
    lost_completeness bigint not null,
    lost_truthfulness bigint not null,
    lost_discipline bigint not null,
    lost_filing bigint not null,
    deduction_count integer not null,
    bonus integer not null,
    score integer,
    grade text,
    is_commendable boolean not null,
    flags text[] not null,
    check ((score is null) = (not is_measured)),
    primary key (quarter, basis, unit_code)
  )`,
  `create index unit_quarter_due on unit_quarter (steady_until) where basis = 'latest'`,
  `create table setting (
    key text primary key,
    value jsonb not null
  )`,
]

const TABLES = [
  'setting',
  'unit_quarter',
  'holiday',
  'regulation',
  'bonus',
  'lead',
  'filing',
  'misreport',
  'check_record',
  'event_case',
  'report',
  'unit_period',
  'unit',
  'import_file',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await sql.raw(`drop table ${table}`).execute(db)
}
