import { type Kysely, sql } from 'kysely'

/** As it was named when this migration was written. */
const APP = 'zhidu_app'
const NAMES = ['duty_line', 'roster_shift'] as const

const VERSION_COLUMNS = `
  version_id bigint generated always as identity primary key,
  import_id uuid not null references import_file,
  recorded_at timestamptz not null,
  replaced_at timestamptz,
  replaced_by uuid references import_file,
  check ((replaced_at is null) = (replaced_by is null))`

const TABLES = [
  // Both go with their units, so that clearing a demonstration needs not know of them.
  `create table duty_line (
    unit_code text collate "C" not null references unit on delete cascade,
    line text collate "C" not null check (line in ('duty_room', 'alternate', 'duty_mobile')),
    number text not null check (number <> ''),
    forwarding_until date,
    forwarding_reason text check (forwarding_reason <> ''),
    is_withdrawn boolean not null,
    ${VERSION_COLUMNS},
    check ((forwarding_until is null) = (forwarding_reason is null))
  )`,
  `create unique index duty_line_current on duty_line (unit_code, line) where replaced_at is null`,
  `create index duty_line_of_unit on duty_line (unit_code, recorded_at)`,
  `create table roster_shift (
    unit_code text collate "C" not null references unit on delete cascade,
    role text collate "C" not null check (role in ('leader', 'officer')),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    person text collate "C" not null check (person <> ''),
    post text,
    phone text,
    is_withdrawn boolean not null,
    ${VERSION_COLUMNS},
    check (starts_at < ends_at and ends_at <= starts_at + interval '7 days')
  )`,
  `create unique index roster_shift_current on roster_shift (unit_code, role, starts_at, person) where replaced_at is null`,
  // Every version: who was on duty is asked as of then.
  `create index roster_shift_of_unit on roster_shift (unit_code, starts_at)`,
  `create index roster_shift_of_person on roster_shift (person, starts_at) where replaced_at is null`,
]

const OWN = `((select sees_all()) or unit_code = any (array(select my_units())))`

const GUARDS = NAMES.flatMap((table) => [
  `create trigger ${table}_stays before update on ${table} for each row execute function keep_version()`,
  `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
    for each statement execute function keep_facts()`,
  `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
  // Nothing for the comparison among peers: it needs nobody's names and numbers.
  `create policy read_${table} on ${table} for select to ${APP} using ${OWN}`,
  `create policy add_${table} on ${table} for insert to ${APP} with check (${OWN})`,
  `create policy change_${table} on ${table} for update to ${APP} using (${OWN}) with check (${OWN})`,
  `grant select, insert on ${table} to ${APP}`,
  `grant update (replaced_at, replaced_by) on ${table} to ${APP}`,
])

/** By which telephones units keep their duty, and who is on it when; in versions, as known at any second. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of NAMES) await sql.raw(`drop table ${table}`).execute(db)
}
