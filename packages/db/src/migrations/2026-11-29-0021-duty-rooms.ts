import { type Kysely, sql } from 'kysely'

/** As it was named when this migration was written. */
const APP = 'zhidu_app'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const REFUSED = `using errcode = 'insufficient_privilege'`
const NAMES = [
  'roster_change',
  'duty_line_change',
  'duty_room_list',
  'duty_room_assessment',
  'duty_training',
  'duty_room_file',
  'duty_room_file_part',
] as const
type Name = (typeof NAMES)[number]

const UNIT = `text collate "C" not null references unit on delete cascade`
const BY = `by_name text not null, by_id uuid not null`

const TABLES = [
  `create table roster_change (
    change_id uuid primary key,
    change_code text collate "C" not null,
    unit_code ${UNIT},
    kind text not null check (kind in ('planned', 'withdrawn', 'swapped', 'replaced')),
    span_from timestamptz not null,
    span_to timestamptz not null check (span_from < span_to),
    is_late boolean not null,
    asked_by text check (asked_by <> ''),
    agreed_by text check (agreed_by <> ''),
    reason text check (reason <> ''),
    import_id uuid not null references import_file,
    recorded_at timestamptz not null,
    ${BY},
    unique (unit_code, change_code),
    -- What has begun is past: somebody may only have stood in, and then it says that it came late.
    check (is_late = (span_from <= recorded_at)),
    check (not is_late or kind = 'replaced'),
    check (kind not in ('swapped', 'replaced') or (asked_by is not null and agreed_by is not null)),
    check (kind = 'planned' or reason is not null)
  )`,
  `create index roster_change_of_unit on roster_change (unit_code, recorded_at)`,
  `create index roster_change_of_import on roster_change (import_id)`,
  `create table duty_line_change (
    change_id uuid primary key,
    unit_code ${UNIT},
    line text not null check (line in ('duty_room', 'alternate', 'duty_mobile')),
    number text not null check (number <> ''),
    is_withdrawn boolean not null,
    forwarding_until date,
    reason text not null check (reason <> ''),
    from_at timestamptz not null,
    import_id uuid not null references import_file,
    recorded_at timestamptz not null check (from_at <= recorded_at),
    ${BY}
  )`,
  `create index duty_line_change_of_unit on duty_line_change (unit_code, recorded_at)`,
  // What an office asks of the duty rooms one level below besides what everybody asks.
  `create table duty_room_list (
    unit_code ${UNIT},
    version integer not null check (version > 0),
    items jsonb not null check (jsonb_typeof(items) = 'array'),
    at timestamptz not null,
    ${BY},
    primary key (unit_code, version)
  )`,
  `create table duty_room_assessment (
    assessment_id uuid primary key,
    unit_code ${UNIT},
    office_code ${UNIT},
    source text not null check (source in ('declared', 'inspected')),
    looked_on date not null,
    answers jsonb not null check (jsonb_typeof(answers) = 'object'),
    regular_staff integer check (regular_staff >= 0),
    other_staff integer check (other_staff >= 0),
    at_once integer check (at_once between 1 and 20),
    note text check (note <> ''),
    check_code text collate "C" check (check_code <> ''),
    files text[] not null,
    recorded_at timestamptz not null,
    ${BY},
    check ((regular_staff is null) = (other_staff is null) and (regular_staff is null) = (at_once is null)),
    check (check_code is null or source = 'inspected')
  )`,
  `create index duty_room_assessment_of_unit on duty_room_assessment (unit_code, recorded_at)`,
  `create table duty_training (
    training_id uuid primary key,
    unit_code ${UNIT},
    held_on date not null,
    topic text not null check (topic <> ''),
    minutes integer not null check (minutes between 1 and 100000),
    persons integer not null check (persons between 1 and 100000),
    note text check (note <> ''),
    files text[] not null,
    replaces uuid unique references duty_training on delete cascade,
    is_withdrawn boolean not null,
    recorded_at timestamptz not null,
    ${BY},
    check (not is_withdrawn or (replaces is not null and note is not null))
  )`,
  `create index duty_training_of_unit on duty_training (unit_code, held_on)`,
  `create table duty_room_file (
    unit_code ${UNIT},
    office_code ${UNIT},
    sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
    type text not null,
    bytes integer not null check (bytes between 1 and 50000000),
    name text not null,
    announced_at timestamptz not null,
    ${BY},
    primary key (unit_code, office_code, sha256)
  )`,
  `create table duty_room_file_part (
    unit_code ${UNIT},
    office_code ${UNIT},
    sha256 text collate "C" not null,
    start integer not null check (start >= 0),
    content bytea not null check (octet_length(content) between 1 and 1048576),
    primary key (unit_code, office_code, sha256, start),
    foreign key (unit_code, office_code, sha256) references duty_room_file on delete cascade
  )`,
  `alter table duty_room_file_part alter column content set storage external`,
]

const PARTS = `coalesce((select sum(octet_length(p.content)) from duty_room_file_part p
  where p.unit_code = new.unit_code and p.office_code = new.office_code and p.sha256 = `

const GUARDS = [
  `create function keep_duty_record() returns trigger language plpgsql as $$
    begin
      raise exception 'what was put on record of duty stays as it was' ${REFUSED};
    end $$`,
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_duty_record()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  ]),
  ...NAMES.filter((name) => name !== 'duty_room_file_part').map(
    (table) => `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ),
  // A plan, a withdrawal and a swap wrote nothing about a shift that had begun.
  `create function check_roster_change() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from import_file f where f.import_id = new.import_id and f.unit_code = new.unit_code) then
        raise exception 'a change of a roster is of what was written with it' ${REFUSED};
      end if;
      if new.kind <> 'replaced' and exists (select from roster_shift v where v.import_id = new.import_id
          and v.starts_at <= new.recorded_at) then
        raise exception 'a shift that has begun is changed by a replacement alone' ${REFUSED};
      end if;
      if exists (select from roster_shift v where v.import_id = new.import_id and v.unit_code <> new.unit_code) then
        raise exception 'a change of a roster is of one unit' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger roster_change_leaves_the_past before insert on roster_change
    for each row execute function check_roster_change()`,
  `create function check_duty_room_list() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if new.version <> 1 + (select count(*) from duty_room_list l where l.unit_code = new.unit_code) then
        raise exception 'this is not the next version' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger duty_room_list_is_next before insert on duty_room_list
    for each row execute function check_duty_room_list()`,
  // What an assessment or a training shows is there whole, and was brought by the same side.
  `create function check_duty_room_files() returns trigger language plpgsql ${DEFINER} as $$
    declare
      side text := coalesce(to_jsonb(new) ->> 'office_code', new.unit_code);
    begin
      if exists (select from unnest(new.files) as hash where not exists (
          select from duty_room_file f where f.unit_code = new.unit_code and f.office_code = side and f.sha256 = hash
            and f.bytes = (select sum(octet_length(p.content)) from duty_room_file_part p where p.unit_code = f.unit_code
              and p.office_code = f.office_code and p.sha256 = hash))) then
        raise exception 'a file is not there' ${REFUSED};
      end if;
      return new;
    end $$`,
  ...['duty_room_assessment', 'duty_training'].map(
    (table) => `create trigger ${table}_has_its_files before insert on ${table}
      for each row execute function check_duty_room_files()`,
  ),
  `create function check_duty_training() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if new.replaces is not null and not exists (select from duty_training t where t.training_id = new.replaces
          and t.unit_code = new.unit_code and not t.is_withdrawn) then
        raise exception 'a training is corrected by its own unit, once' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger duty_training_follows before insert on duty_training
    for each row execute function check_duty_training()`,
  // A part follows the last one, within the size that was announced; the last one comes when the whole is what was announced.
  `create function check_duty_room_part() returns trigger language plpgsql ${DEFINER} as $$
    declare
      size integer := (select f.bytes from duty_room_file f where f.unit_code = new.unit_code
        and f.office_code = new.office_code and f.sha256 = new.sha256);
      there integer := ${PARTS} new.sha256), 0);
    begin
      if size is null or new.start <> there or there + octet_length(new.content) > size then
        raise exception 'this is not what comes next of the file' ${REFUSED};
      end if;
      if there + octet_length(new.content) = size and new.sha256 <> encode(sha256(coalesce((select string_agg(p.content,
          ''::bytea order by p.start) from duty_room_file_part p where p.unit_code = new.unit_code
          and p.office_code = new.office_code and p.sha256 = new.sha256), ''::bytea) || new.content), 'hex') then
        raise exception 'the file is not what was announced' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger duty_room_part_is_next before insert on duty_room_file_part
    for each row execute function check_duty_room_part()`,
  `create function keep_duty_room_part() returns trigger language plpgsql ${DEFINER} as $$
    declare
      size integer := (select f.bytes from duty_room_file f where f.unit_code = old.unit_code
        and f.office_code = old.office_code and f.sha256 = old.sha256);
    begin
      if not exists (select from setting where key = 'synthetic') and size = (select sum(octet_length(p.content))
          from duty_room_file_part p where p.unit_code = old.unit_code and p.office_code = old.office_code
          and p.sha256 = old.sha256) then
        raise exception 'what was put on record of duty stays as it was' ${REFUSED};
      end if;
      return old;
    end $$`,
  `create trigger duty_room_part_is_kept before delete on duty_room_file_part
    for each row execute function keep_duty_room_part()`,
  // Takes back the parts of a file whose whole is not what was announced.
  `create function begin_duty_room_file_anew(unit text, hash text) returns void language plpgsql ${DEFINER} as $$
    begin
      delete from duty_room_file_part p where p.unit_code = unit and p.office_code = scope_unit() and p.sha256 = hash;
    end $$`,
  // The list of the office above is not in a unit's reach; what it asks of the unit is told.
  `create function duty_room_list_for(unit text) returns jsonb language sql stable ${DEFINER} as $$
    select l.items from duty_room_list l join unit_closure c on c.ancestor_code = l.unit_code and c.depth = 1
    where c.descendant_code = unit and c.valid_from <= current_setting('zhidu.on_date')::date
      and current_setting('zhidu.on_date')::date < c.valid_to and (sees_all() or unit in (select my_units()))
    order by l.version desc limit 1
  $$`,
]
const TRIGGERED = [
  'check_roster_change()',
  'check_duty_room_list()',
  'check_duty_room_files()',
  'check_duty_training()',
  'check_duty_room_part()',
  'keep_duty_room_part()',
] as const
const ASKED = ['begin_duty_room_file_anew(text, text)', 'duty_room_list_for(text)'] as const

const OWN = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`
const OF_OFFICE = `(office_code = (select scope_unit()) and unit_code = any (array(select units_below())))`
const BOTH = `((office_code = unit_code and ${OWN}) or ${OF_OFFICE})`
/** A unit keeps its own papers; an office looks at those one level below. */
const ADDED: Readonly<Record<Name, string>> = {
  roster_change: OWN,
  duty_line_change: OWN,
  duty_room_list: OWN,
  duty_room_assessment: `((source = 'declared' and office_code = unit_code and ${OWN}) or (source = 'inspected' and ${OF_OFFICE}))`,
  duty_training: OWN,
  duty_room_file: BOTH,
  duty_room_file_part: BOTH,
}

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    // Nothing for the comparison among peers: it needs nobody's names and rooms.
    `create policy read_${table} on ${table} for select to ${APP}
      using ((select sees_all()) or unit_code = any (array(select my_units())))`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${ADDED[table]}`,
    `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  ...[...TRIGGERED, ...ASKED].map((name) => `revoke all on function ${name} from public`),
  ...ASKED.map((name) => `grant execute on function ${name} to ${APP}`),
]

/** Acts on rosters and duty lines, and what is known of duty rooms, their staff and its training; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    ...[...NAMES].toReversed().map((table) => `drop table ${table}`),
    ...[...TRIGGERED, ...ASKED, 'keep_duty_record()'].map((name) => `drop function ${name}`),
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
