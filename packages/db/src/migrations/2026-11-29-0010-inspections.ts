import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const FINDINGS = `'absent', 'call_forwarded', 'no_answer', 'invalid_number', 'leader_unreachable', 'not_as_rostered', 'unfamiliar',
  'log_missing', 'equipment_missing'`
const NAMES = [
  'checklist',
  'inspection',
  'inspection_order',
  'inspection_file',
  'inspection_file_part',
  'inspection_file_receipt',
  'inspection_finding',
  'inspection_decision',
] as const
type Name = (typeof NAMES)[number]

const HASH = `~ '^[0-9a-f]{64}$'`
const UNIT = `text collate "C" not null references unit on delete cascade`
// What is told of a check: who reads it (the unit for its own, else the office), and whose it is.
const ABOUT = `unit_code ${UNIT}, office_code ${UNIT}, reader_code ${UNIT}`

const TABLES = [
  `create table checklist (
    id text collate "C" not null,
    version integer not null check (version > 0),
    unit_code ${UNIT},
    content text not null check (content <> ''),
    written_at timestamptz not null,
    written_by text not null,
    written_by_id uuid not null,
    primary key (unit_code, id, version)
  )`,
  `create table inspection (
    inspection_id uuid primary key,
    check_code text collate "C" not null unique,
    ${ABOUT},
    method text not null check (method in ('phone', 'video', 'onsite')),
    purpose text not null check (purpose in ('drawn', 'ordered', 'second', 'upper')),
    draw_id uuid references draw on delete cascade,
    order_id uuid,
    at timestamptz not null,
    uncertainty_ms bigint not null check (uncertainty_ms >= 0),
    clock_basis text not null check (clock_basis in ('monotonic', 'wall', 'none')),
    device_error_ms bigint not null,
    elapsed_ms integer not null check (elapsed_ms >= 0),
    inspectors text[] not null check (cardinality(inspectors) > 0),
    recorded_by text not null,
    recorded_by_id uuid not null,
    received_at timestamptz not null,
    checklist_id text not null,
    checklist_version integer not null,
    checklist text not null,
    regulation_id text not null,
    regulation_version text not null,
    document text not null,
    content_hash text not null check (content_hash = 'sha256:' || encode(sha256(convert_to(document, 'UTF8')), 'hex')),
    result text not null check (result in ('findings', 'passed', 'inconclusive', 'compared')),
    check (reader_code = case when purpose in ('second', 'upper') then office_code else unit_code end),
    check ((purpose = 'drawn') = (draw_id is not null)),
    check ((purpose in ('second', 'upper')) = (order_id is not null)),
    check ((purpose in ('second', 'upper')) = (result = 'compared'))
  )`,
  `create index inspection_of_reader on inspection (reader_code, at, inspection_id)`,
  `create index inspection_at on inspection (at, inspection_id)`,
  `create index inspection_of_draw on inspection (draw_id) where draw_id is not null`,
  `create table inspection_order (
    order_id uuid primary key,
    unit_code ${UNIT},
    office_code ${UNIT},
    kind text not null check (kind in ('second', 'upper')),
    first_id uuid not null references inspection on delete cascade,
    inspectors text[] not null check (cardinality(inspectors) > 0),
    reason text not null check (reason <> ''),
    ordered_at timestamptz not null,
    ordered_by text not null,
    ordered_by_id uuid not null,
    due_at timestamptz not null check (due_at > ordered_at),
    unique (first_id, kind)
  )`,
  `create index inspection_order_of_office on inspection_order (office_code, due_at)`,
  `alter table inspection add foreign key (order_id) references inspection_order on delete cascade`,
  // One check for an order: what comes after it was no longer blind.
  `create unique index inspection_of_order on inspection (order_id) where order_id is not null`,
  `create table inspection_file (
    inspection_id uuid not null references inspection on delete cascade,
    sha256 text collate "C" not null check (sha256 ${HASH}),
    ${ABOUT},
    kind text not null check (kind in ('photo', 'recording')),
    type text not null,
    bytes integer not null check (bytes between 1 and 50000000),
    name text not null,
    taken_ms integer not null check (taken_ms >= 0),
    primary key (inspection_id, sha256)
  )`,
  // Not compressed: pictures are, and their length is asked for often.
  `create table inspection_file_part (
    inspection_id uuid not null,
    sha256 text collate "C" not null,
    start integer not null check (start >= 0),
    ${ABOUT},
    content bytea not null check (octet_length(content) between 1 and 1048576),
    primary key (inspection_id, sha256, start),
    foreign key (inspection_id, sha256) references inspection_file on delete cascade
  )`,
  `alter table inspection_file_part alter column content set storage external`,
  `create table inspection_file_receipt (
    inspection_id uuid not null,
    sha256 text collate "C" not null,
    ${ABOUT},
    received_at timestamptz not null,
    received_by text not null,
    received_by_id uuid not null,
    primary key (inspection_id, sha256),
    foreign key (inspection_id, sha256) references inspection_file on delete cascade
  )`,
  `create table inspection_finding (
    inspection_id uuid not null references inspection on delete cascade,
    finding text not null check (finding in (${FINDINGS})),
    ${ABOUT},
    clause text not null,
    is_suspected boolean not null,
    items text[] not null,
    files text[] not null,
    primary key (inspection_id, finding)
  )`,
  `create table inspection_decision (
    inspection_id uuid not null,
    finding text not null,
    ${ABOUT},
    outcome text not null check (outcome in ('confirmed', 'dismissed')),
    reason text not null check (reason <> ''),
    at timestamptz not null,
    by_name text not null,
    by_id uuid not null,
    primary key (inspection_id, finding),
    foreign key (inspection_id, finding) references inspection_finding on delete cascade
  )`,
  ...['inspection_order', 'inspection_file', 'inspection_file_part', 'inspection_file_receipt'].map(
    (table) => `create index ${table}_of_unit on ${table} (unit_code)`,
  ),
]

/** All but the parts of files, which are taken back while the file is not there. */
const KEPT = NAMES.filter((name) => name !== 'inspection_file_part')
const REFUSED = `using errcode = 'insufficient_privilege'`

const GUARDS = [
  `create function keep_inspection() returns trigger language plpgsql as $$
    begin
      raise exception 'what was seen in a check stays as it was' ${REFUSED};
    end $$`,
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_inspection()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  ]),
  ...KEPT.map(
    (table) => `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ),
  // Files follow their check; a part follows the last one, within the size that was announced.
  `create function check_inspection_part() returns trigger language plpgsql ${DEFINER} as $$
    declare
      size integer := (select bytes from inspection_file f where f.inspection_id = new.inspection_id and f.sha256 = new.sha256);
      there integer := (select coalesce(max(start + octet_length(content)), 0) from inspection_file_part p
        where p.inspection_id = new.inspection_id and p.sha256 = new.sha256);
    begin
      if new.start <> there or there + octet_length(new.content) > size or exists (
        select from inspection_file_receipt r where r.inspection_id = new.inspection_id and r.sha256 = new.sha256) then
        raise exception 'this is not what comes next of the file' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger inspection_part_is_next before insert on inspection_file_part
    for each row execute function check_inspection_part()`,
  `create function keep_inspection_part() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if exists (select from inspection_file_receipt r where r.inspection_id = old.inspection_id and r.sha256 = old.sha256)
        and not exists (select from setting where key = 'synthetic') then
        raise exception 'what was seen in a check stays as it was' ${REFUSED};
      end if;
      return old;
    end $$`,
  `create trigger inspection_part_is_kept before delete on inspection_file_part
    for each row execute function keep_inspection_part()`,
  `create function check_inspection_receipt() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if (select bytes from inspection_file f where f.inspection_id = new.inspection_id and f.sha256 = new.sha256)
        is distinct from (select max(start + octet_length(content)) from inspection_file_part p
          where p.inspection_id = new.inspection_id and p.sha256 = new.sha256) then
        raise exception 'the file is not there yet' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger inspection_receipt_is_true before insert on inspection_file_receipt
    for each row execute function check_inspection_receipt()`,
  // Takes back the parts of a file whose whole is not what was announced.
  `create function begin_inspection_file_anew(id uuid, hash text) returns void language plpgsql ${DEFINER} as $$
    begin
      delete from inspection_file_part p using inspection_file f
        where f.inspection_id = id and f.sha256 = hash and f.office_code = scope_unit()
          and p.inspection_id = id and p.sha256 = hash;
    end $$`,
  // Nobody decides what he recorded, whoever writes.
  `create function check_inspection_decision() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if exists (select from inspection i where i.inspection_id = new.inspection_id
          and (i.recorded_by_id = new.by_id or new.by_name = any (i.inspectors))) then
        raise exception 'nobody decides on what he found himself' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger inspection_decision_is_of_another before insert on inspection_decision
    for each row execute function check_inspection_decision()`,
  // The day by whose tree a check is asked about: the last of its quarter. NULL = no such check.
  `create function quarter_end_of_inspection(id uuid) returns date language sql stable ${DEFINER} as $$
    select (date_trunc('quarter', at at time zone interval '8 hours') + interval '3 months - 1 day')::date
    from inspection where inspection_id = id
  $$`,
]
const DEFINERS = [
  'check_inspection_part()',
  'keep_inspection_part()',
  'check_inspection_receipt()',
  'begin_inspection_file_anew(uuid, text)',
  'check_inspection_decision()',
  'quarter_end_of_inspection(uuid)',
] as const
const ASKED = ['begin_inspection_file_anew(uuid, text)', 'quarter_end_of_inspection(uuid)'] as const

const READER: Readonly<Record<Name, string>> = {
  checklist: 'unit_code',
  inspection: 'reader_code',
  inspection_order: 'office_code',
  inspection_file: 'reader_code',
  inspection_file_part: 'reader_code',
  inspection_file_receipt: 'reader_code',
  inspection_finding: 'reader_code',
  inspection_decision: 'reader_code',
}
const BELOW = `(unit_code = any (array(select units_below())))`
const OWN = `((select sees_all()) or unit_code = any (array(select my_units())))`
const OFFICE = `office_code = (select scope_unit())`
const READABLE = `(reader_code = unit_code or reader_code = office_code)`
/** One level below; the office above reaches further down to see what the office between has seen. */
const ADDED: Readonly<Record<Name, string>> = {
  checklist: `(unit_code = (select scope_unit()))`,
  inspection: `(${OFFICE} and (${BELOW} or (purpose = 'upper' and ${OWN})))`,
  inspection_order: `(${OFFICE} and (${BELOW} or (kind = 'upper' and ${OWN})))`,
  inspection_file: `(${OFFICE} and ${OWN} and ${READABLE})`,
  inspection_file_part: `(${OFFICE} and ${OWN} and ${READABLE})`,
  inspection_file_receipt: `(${OFFICE} and ${OWN} and ${READABLE})`,
  inspection_finding: `(${OFFICE} and ${BELOW} and reader_code = unit_code)`,
  inspection_decision: `(${OFFICE} and ${BELOW} and reader_code = unit_code)`,
}

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `create policy read_${table} on ${table} for select to ${APP}
      using ((select sees_all()) or ${READER[table]} = any (array(select my_units())))`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${ADDED[table]}`,
    `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    `grant select on ${table} to ${REPORT}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
  ...ASKED.map((name) => `grant execute on function ${name} to ${APP}`),
]

/** Checks as the phone recorded them, with their evidence and what was decided; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table inspection drop constraint inspection_order_id_fkey`).execute(db)
  const first = ['inspection_order', 'inspection_decision', 'inspection_file_part', 'inspection_file_receipt'] as const
  const names = [...first, 'inspection_finding', 'inspection_file', 'inspection', 'checklist']
  for (const table of names) await sql.raw(`drop table ${table}`).execute(db)
  for (const name of [...DEFINERS, 'keep_inspection()']) await sql.raw(`drop function ${name}`).execute(db)
}
