import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const NAMES = ['supervision_case', 'case_step', 'case_file', 'case_file_part'] as const
const UNIT = `text collate "C" not null references unit on delete cascade`
const ABOUT = `unit_code ${UNIT}, office_code ${UNIT}`
const BY_UNIT = `'received', 'explained', 'submitted'`
const BY_OFFICE = `'notified', 'confirmed', 'dismissed', 'ordered', 'returned', 'closed', 'struck_off', 'escalated'`

const TABLES = [
  `create table supervision_case (
    case_id uuid primary key,
    ${ABOUT},
    inspection_id uuid not null,
    finding text not null,
    found_at timestamptz not null,
    opened_at timestamptz not null,
    office_name text not null,
    unique (inspection_id, finding),
    foreign key (inspection_id, finding) references inspection_finding on delete cascade
  )`,
  `create index supervision_case_of_unit on supervision_case (unit_code, found_at, case_id)`,
  `create index supervision_case_found on supervision_case (found_at, case_id)`,
  `create table case_step (
    case_id uuid not null references supervision_case on delete cascade,
    position integer not null check (position >= 0),
    ${ABOUT},
    kind text not null check (kind in (${BY_UNIT}, ${BY_OFFICE})),
    at timestamptz not null,
    by_name text not null,
    by_id uuid not null,
    note text check (note <> ''),
    last_day date,
    working_days integer check (working_days > 0),
    owner text check (owner <> ''),
    escalation text check (escalation in ('reminded', 'summoned', 'named')),
    files text[] not null,
    primary key (case_id, position),
    check ((kind = 'escalated') = (escalation is not null)),
    check ((kind = 'ordered') = (owner is not null)),
    check ((kind = 'notified') = (working_days is not null)),
    check (last_day is not null or kind not in ('ordered', 'returned')),
    check (note is not null or kind in ('notified', 'received', 'closed', 'struck_off')),
    check (files = '{}' or kind in ('explained', 'submitted'))
  )`,
  `create index case_step_of_unit on case_step (unit_code)`,
  `create table case_file (
    case_id uuid not null references supervision_case on delete cascade,
    sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
    ${ABOUT},
    type text not null,
    bytes integer not null check (bytes between 1 and 50000000),
    name text not null,
    announced_at timestamptz not null,
    announced_by text not null,
    announced_by_id uuid not null,
    primary key (case_id, sha256)
  )`,
  `create index case_file_of_unit on case_file (unit_code)`,
  `create table case_file_part (
    case_id uuid not null,
    sha256 text collate "C" not null,
    start integer not null check (start >= 0),
    ${ABOUT},
    content bytea not null check (octet_length(content) between 1 and 1048576),
    primary key (case_id, sha256, start),
    foreign key (case_id, sha256) references case_file on delete cascade
  )`,
  `create index case_file_part_of_unit on case_file_part (unit_code)`,
  `alter table case_file_part alter column content set storage external`,
]

/** 回头看: a check of the unit on a day of the server's choosing after a case was closed. */
const RECHECKS = [
  `alter table inspection_order drop constraint inspection_order_kind_check`,
  `alter table inspection_order add constraint inspection_order_kind_check check (kind in ('second', 'upper', 'recheck'))`,
  `alter table inspection_order drop constraint inspection_order_inspectors_check`,
  `alter table inspection_order add constraint inspection_order_inspectors_check
    check (cardinality(inspectors) > 0 or kind = 'recheck')`,
  `alter table inspection_order add column case_id uuid references supervision_case on delete cascade`,
  `alter table inspection_order add column from_at timestamptz`,
  `alter table inspection_order add constraint inspection_order_recheck_check
    check ((kind = 'recheck') = (case_id is not null) and (kind = 'recheck') = (from_at is not null) and from_at < due_at)`,
  `alter table inspection_order drop constraint inspection_order_first_id_kind_key`,
  `create unique index inspection_order_once on inspection_order (first_id, kind) where kind <> 'recheck'`,
  `create unique index inspection_order_of_case on inspection_order (case_id) where kind = 'recheck'`,
  // The order that the purpose needs, or that a check without a draw may follow.
  `alter table inspection drop constraint inspection_check3`,
  `alter table inspection add constraint inspection_order_check check (
    case when purpose in ('second', 'upper') then order_id is not null else order_id is null or purpose = 'ordered' end)`,
]
const REFUSED = `using errcode = 'insufficient_privilege'`

const GUARDS = [
  `create function keep_case() returns trigger language plpgsql as $$
    begin
      raise exception 'what was done in a case stays as it was' ${REFUSED};
    end $$`,
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_case()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  ]),
  ...NAMES.filter((name) => name !== 'case_file_part').map(
    (table) => `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ),
  // Whose case it is says the check it came from.
  `create function check_case() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from inspection i where i.inspection_id = new.inspection_id and i.unit_code = new.unit_code
          and i.office_code = new.office_code and i.at = new.found_at) then
        raise exception 'a case is of the check it came from' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger case_is_of_its_check before insert on supervision_case for each row execute function check_case()`,
  // The order of a case, whoever writes: nothing decided against a unit that was not heard, by nobody who found it; nothing
  // verified by who ordered or did it.
  `create function check_case_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      own supervision_case := (select c from supervision_case c where c.case_id = new.case_id);
      taken integer := (select count(*) from case_step s where s.case_id = new.case_id);
      before text := coalesce((select s.kind from case_step s where s.case_id = new.case_id
        and s.kind not in ('received', 'escalated') order by s.position desc limit 1), 'found');
      rung text := (select s.escalation from case_step s where s.case_id = new.case_id and s.kind = 'escalated'
        order by s.position desc limit 1);
      heard_until date := (select s.last_day from case_step s where s.case_id = new.case_id and s.kind = 'notified');
      follows boolean;
      today date := (new.at at time zone interval '8 hours')::date;
    begin
      if own is null or own.unit_code <> new.unit_code or own.office_code <> new.office_code or new.position <> taken then
        raise exception 'this is not the next step of the case' ${REFUSED};
      end if;
      follows := case new.kind
        when 'notified' then before = 'found'
        when 'received' then before in ('notified', 'explained', 'confirmed', 'ordered', 'returned') and not exists (
          select from case_step s where s.case_id = new.case_id and s.kind = 'received')
        when 'explained' then before = 'notified'
        when 'confirmed' then before = 'explained' or (before = 'notified' and coalesce(heard_until, new.last_day) < today)
        when 'dismissed' then before in ('notified', 'explained')
        when 'ordered' then before = 'confirmed'
        when 'submitted' then before in ('ordered', 'returned')
        when 'returned' then before = 'submitted'
        when 'closed' then before in ('confirmed', 'submitted')
        when 'struck_off' then before = 'closed'
        else before in ('notified', 'confirmed', 'ordered', 'returned', 'submitted') and new.escalation = case
          when rung is null then 'reminded' when rung = 'reminded' then 'summoned' when rung = 'summoned' then 'named' end
      end;
      if not coalesce(follows, false) then
        raise exception 'this is not the next step of the case' ${REFUSED};
      end if;
      if new.kind in ('confirmed', 'dismissed') and exists (select from inspection i where i.inspection_id = own.inspection_id
          and (i.recorded_by_id = new.by_id or new.by_name = any (i.inspectors))) then
        raise exception 'nobody decides on what he found himself' ${REFUSED};
      end if;
      if new.kind in ('returned', 'closed') and exists (select from case_step s where s.case_id = new.case_id
          and s.kind in ('ordered', 'submitted') and s.by_id = new.by_id and s.position = (select max(t.position)
            from case_step t where t.case_id = new.case_id and t.kind = s.kind)) then
        raise exception 'nobody verifies what he ordered or did himself' ${REFUSED};
      end if;
      if exists (select from unnest(new.files) as hash where not exists (
          select from case_file f where f.case_id = new.case_id and f.sha256 = hash and f.bytes = (
            select sum(octet_length(p.content)) from case_file_part p where p.case_id = f.case_id and p.sha256 = hash))) then
        raise exception 'a file of the step is not there' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger case_step_is_next before insert on case_step for each row execute function check_case_step()`,
  // A decision on a finding is a step of its case.
  `create function check_decision_step() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from supervision_case c join case_step s using (case_id) where c.inspection_id = new.inspection_id
          and c.finding = new.finding and s.kind = new.outcome and s.by_id = new.by_id) then
        raise exception 'a finding is decided as a step of its case' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger inspection_decision_is_a_step before insert on inspection_decision
    for each row execute function check_decision_step()`,
  // A part follows the last one, within the size that was announced; the last one comes when the whole is what was announced.
  `create function check_case_part() returns trigger language plpgsql ${DEFINER} as $$
    declare
      size integer := (select bytes from case_file f where f.case_id = new.case_id and f.sha256 = new.sha256);
      there integer := (select coalesce(sum(octet_length(content)), 0) from case_file_part p
        where p.case_id = new.case_id and p.sha256 = new.sha256);
    begin
      if size is null or new.start <> there or there + octet_length(new.content) > size then
        raise exception 'this is not what comes next of the file' ${REFUSED};
      end if;
      if there + octet_length(new.content) = size and new.sha256 <> encode(sha256(coalesce((select string_agg(content, ''::bytea
          order by start) from case_file_part p where p.case_id = new.case_id and p.sha256 = new.sha256), ''::bytea)
          || new.content), 'hex') then
        raise exception 'the file is not what was announced' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger case_part_is_next before insert on case_file_part for each row execute function check_case_part()`,
  `create function keep_case_part() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from setting where key = 'synthetic')
        and (select bytes from case_file f where f.case_id = old.case_id and f.sha256 = old.sha256)
        = (select sum(octet_length(content)) from case_file_part p where p.case_id = old.case_id and p.sha256 = old.sha256) then
        raise exception 'what was done in a case stays as it was' ${REFUSED};
      end if;
      return old;
    end $$`,
  `create trigger case_part_is_kept before delete on case_file_part for each row execute function keep_case_part()`,
  // Takes back the parts of a file whose whole is not what was announced.
  `create function begin_case_file_anew(id uuid, hash text) returns void language plpgsql ${DEFINER} as $$
    begin
      delete from case_file_part p using case_file f
        where f.case_id = id and f.sha256 = hash and f.unit_code = scope_unit() and p.case_id = id and p.sha256 = hash;
    end $$`,
]
const DEFINERS = [
  'check_case()',
  'check_case_step()',
  'check_decision_step()',
  'check_case_part()',
  'keep_case_part()',
  'begin_case_file_anew(uuid, text)',
] as const
const ASKED = ['begin_case_file_anew(uuid, text)'] as const

const OFFICE = `(office_code = (select scope_unit()) and unit_code = any (array(select units_below())))`
const OWN = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`
/** The office opens a case and takes its steps; the unit takes its own, and brings files. */
const ADDED: Readonly<Record<(typeof NAMES)[number], string>> = {
  supervision_case: OFFICE,
  case_step: `((kind in (${BY_OFFICE}) and ${OFFICE}) or (kind in (${BY_UNIT}) and ${OWN}))`,
  case_file: OWN,
  case_file_part: OWN,
}

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `create policy read_${table} on ${table} for select to ${APP}
      using ((select sees_all()) or unit_code = any (array(select my_units())))`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${ADDED[table]}`,
    `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    `grant select on ${table} to ${REPORT}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
  ...ASKED.map((name) => `grant execute on function ${name} to ${APP}`),
]

/** What waited for a decision before there were cases is a case from now on. */
const OPENED = `insert into supervision_case (case_id, unit_code, office_code, inspection_id, finding, found_at, opened_at,
    office_name)
  select gen_random_uuid(), f.unit_code, f.office_code, f.inspection_id, f.finding, i.at, i.received_at,
    coalesce((select p.name from unit_period p where p.unit_code = f.office_code and p.replaced_at is null
      order by p.valid_from desc nulls last limit 1), f.office_code)
  from inspection_finding f join inspection i using (inspection_id)
  where not exists (select from inspection_decision d where d.inspection_id = f.inspection_id and d.finding = f.finding)`

/** A finding from notice to closure, step by step; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...RECHECKS, ...GUARDS, ...SCOPE, OPENED]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    `alter table inspection drop constraint inspection_order_check`,
    `alter table inspection add constraint inspection_check3 check ((purpose in ('second', 'upper')) = (order_id is not null))`,
    `drop index inspection_order_once`,
    `drop index inspection_order_of_case`,
    `alter table inspection_order add constraint inspection_order_first_id_kind_key unique (first_id, kind)`,
    `alter table inspection_order drop column case_id, drop column from_at`,
    `alter table inspection_order drop constraint inspection_order_inspectors_check`,
    `alter table inspection_order add constraint inspection_order_inspectors_check check (cardinality(inspectors) > 0)`,
    `alter table inspection_order drop constraint inspection_order_kind_check`,
    `alter table inspection_order add constraint inspection_order_kind_check check (kind in ('second', 'upper'))`,
    `drop trigger inspection_decision_is_a_step on inspection_decision`,
    ...[...NAMES].toReversed().map((table) => `drop table ${table}`),
    ...[...DEFINERS, 'keep_case()'].map((name) => `drop function ${name}`),
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
