import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const REFUSED = `using errcode = 'insufficient_privilege'`
const NAMES = ['misreport_case', 'misreport_step'] as const
const UNIT = `text collate "C" not null references unit on delete cascade`
const ABOUT = `unit_code ${UNIT}, office_code ${UNIT}`
const KINDS = `'understated', 'false', 'omitted', 'concealed'`
const BY_UNIT = `'received', 'explained'`
const BY_OFFICE = `'opened', 'supplemented', 'notified', 'confirmed', 'dismissed', 'countersigned', 'declined'`

const TABLES = [
  `alter table misreport add column share_percent integer check (share_percent between 0 and 99)`,
  `create table misreport_case (
    case_id uuid primary key,
    case_code text collate "C" not null unique,
    ${ABOUT},
    office_name text not null,
    kind text not null check (kind in (${KINDS})),
    event_code text collate "C",
    source text not null check (source in ('media', 'hotline', 'superior', 'inspection', 'other_system', 'citizen', 'other')),
    superior_at timestamptz not null,
    opened_at timestamptz not null
  )`,
  `create index misreport_case_of_unit on misreport_case (unit_code, opened_at, case_id)`,
  `create index misreport_case_opened on misreport_case (opened_at, case_id)`,
  `create table misreport_step (
    case_id uuid not null references misreport_case on delete cascade,
    position integer not null check (position >= 0),
    ${ABOUT},
    kind text not null check (kind in (${BY_UNIT}, ${BY_OFFICE})),
    at timestamptz not null,
    by_name text not null,
    by_id uuid not null,
    note text check (note <> ''),
    last_day date,
    working_days integer check (working_days > 0),
    files text[] not null,
    figures text,
    confirmed_as text check (confirmed_as in (${KINDS})),
    share_percent integer check (share_percent between 0 and 99),
    is_against_rule boolean not null,
    primary key (case_id, position),
    check ((kind = 'notified') = (working_days is not null)),
    check ((kind = 'confirmed') = (confirmed_as is not null)),
    check (share_percent is null or kind = 'confirmed'),
    check (not is_against_rule or kind = 'confirmed'),
    check (figures is null or kind in ('opened', 'supplemented')),
    check (note is not null or kind in ('notified', 'received', 'countersigned')),
    check (files = '{}' or kind in ('supplemented', 'explained'))
  )`,
  `create index misreport_step_of_unit on misreport_step (unit_code)`,
]

/** Files of cases of more than one sort: whose they are and who brought them. */
const FILES = [
  `alter table case_file add column brought_by text collate "C"`,
  `update case_file set brought_by = unit_code`,
  `alter table case_file alter column brought_by set not null`,
]

const GUARDS = [
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_case()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ]),
  // The unit brings files to each of its cases and appeals, the office to those it opened on a suspicion.
  `create or replace function check_case_file() returns trigger language plpgsql ${DEFINER} as $$
    begin
      new.brought_by := coalesce(new.brought_by, new.unit_code);
      if exists (select from misreport_case c where c.case_id = new.case_id and c.unit_code = new.unit_code
            and c.office_code = new.office_code and new.brought_by in (new.unit_code, new.office_code)) then
        return new;
      end if;
      if new.brought_by <> new.unit_code or (not exists (select from supervision_case c where c.case_id = new.case_id
            and c.unit_code = new.unit_code and c.office_code = new.office_code)
          and not exists (select from appeal a where a.appeal_id = new.case_id and a.unit_code = new.unit_code
            and a.office_code = new.office_code)) then
        raise exception 'a file is of a case or an appeal' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create or replace function begin_case_file_anew(id uuid, hash text) returns void language plpgsql ${DEFINER} as $$
    begin
      delete from case_file_part p using case_file f
        where f.case_id = id and f.sha256 = hash and f.brought_by = scope_unit() and p.case_id = id and p.sha256 = hash;
    end $$`,
  // The next number of a year; under a lock, so that no two cases bear one.
  `create function next_misreport_code(year integer) returns text language plpgsql ${DEFINER} as $$
    declare
      head text := 'RDA-' || year || '-';
      last integer;
    begin
      perform pg_advisory_xact_lock(hashtextextended('misreport_case', 0));
      select coalesce(max(substr(c.case_code, length(head) + 1)::integer), 0) into last
        from misreport_case c where c.case_code ~ ('^' || head || '[0-9]+$');
      return head || lpad((last + 1)::text, greatest(4, length((last + 1)::text)), '0');
    end $$`,
  // The order of a case, whoever writes: decided by nobody who opened it, against the unit only once it was heard or had its days;
  // what accuses of intent is signed by two, of whom neither opened it.
  `create function check_misreport_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      own misreport_case := (select c from misreport_case c where c.case_id = new.case_id);
      taken integer := (select count(*) from misreport_step s where s.case_id = new.case_id);
      moved misreport_step := (select s from misreport_step s where s.case_id = new.case_id
        and s.kind not in ('received', 'supplemented') order by s.position desc limit 1);
      opener uuid := (select s.by_id from misreport_step s where s.case_id = new.case_id and s.kind = 'opened');
      decider uuid := (select s.by_id from misreport_step s where s.case_id = new.case_id and s.kind = 'confirmed'
        order by s.position desc limit 1);
      heard_until date := (select s.last_day from misreport_step s where s.case_id = new.case_id and s.kind = 'notified');
      before text := coalesce(moved.kind, '');
      needs_second boolean := before = 'confirmed' and moved.confirmed_as in ('false', 'concealed');
      follows boolean;
      today date := (new.at at time zone interval '8 hours')::date;
    begin
      if own is null or own.unit_code <> new.unit_code or own.office_code <> new.office_code or new.position <> taken then
        raise exception 'this is not the next step of the case' ${REFUSED};
      end if;
      follows := case new.kind
        when 'opened' then taken = 0
        when 'supplemented' then before in ('opened', 'notified', 'explained', 'declined')
        when 'notified' then before = 'opened'
        when 'received' then before in ('notified', 'explained', 'confirmed', 'countersigned', 'declined') and not exists (
          select from misreport_step s where s.case_id = new.case_id and s.kind = 'received')
        when 'explained' then before = 'notified'
        when 'confirmed' then before in ('explained', 'declined')
          or (before = 'notified' and coalesce(heard_until, new.last_day) < today)
        when 'dismissed' then before in ('opened', 'notified', 'explained', 'declined')
        else needs_second
      end;
      if not coalesce(follows, false) then
        raise exception 'this is not the next step of the case' ${REFUSED};
      end if;
      if new.kind in ('confirmed', 'dismissed') and new.by_id = opener then
        raise exception 'nobody decides on what he opened himself' ${REFUSED};
      end if;
      if new.kind in ('countersigned', 'declined') and new.by_id in (opener, decider) then
        raise exception 'nobody signs twice' ${REFUSED};
      end if;
      if exists (select from unnest(new.files) as hash where not exists (
          select from case_file f where f.case_id = new.case_id and f.sha256 = hash and f.bytes = (
            select sum(octet_length(p.content)) from case_file_part p where p.case_id = f.case_id and p.sha256 = hash))) then
        raise exception 'a file of the step is not there' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger misreport_step_is_next before insert on misreport_step for each row execute function check_misreport_step()`,
]
const DEFINERS = ['check_misreport_step()', 'next_misreport_code(integer)'] as const

const OFFICE = `(office_code = (select scope_unit()) and unit_code = any (array(select units_below())))`
const OWN = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`
const ADDED: Readonly<Record<(typeof NAMES)[number], string>> = {
  misreport_case: OFFICE,
  misreport_step: `((kind in (${BY_OFFICE}) and ${OFFICE}) or (kind in (${BY_UNIT}) and ${OWN}))`,
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
  `drop policy add_case_file on case_file`,
  `create policy add_case_file on case_file for insert to ${APP}
    with check (coalesce(brought_by, unit_code) = (select scope_unit()) and (${OWN} or ${OFFICE}))`,
  `drop policy add_case_file_part on case_file_part`,
  `create policy add_case_file_part on case_file_part for insert to ${APP} with check ((${OWN} or ${OFFICE}) and exists (
    select from case_file f where f.case_id = case_file_part.case_id and f.sha256 = case_file_part.sha256
      and f.unit_code = case_file_part.unit_code and f.brought_by = (select scope_unit())))`,
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
  `grant execute on function next_misreport_code(integer) to ${APP}`,
]

/** As it was before the office brought files as well. */
const FILES_BEFORE = `create or replace function check_case_file() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from supervision_case c where c.case_id = new.case_id and c.unit_code = new.unit_code
            and c.office_code = new.office_code)
          and not exists (select from appeal a where a.appeal_id = new.case_id and a.unit_code = new.unit_code
            and a.office_code = new.office_code) then
        raise exception 'a file is of a case or an appeal' ${REFUSED};
      end if;
      return new;
    end $$`

/** A suspected misreport from opening to the second signature, and what of its points counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...FILES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    // Their parts go first: what is handed in is otherwise kept.
    `alter table case_file_part disable trigger user`,
    `alter table case_file disable trigger user`,
    `delete from case_file f using misreport_case c where c.case_id = f.case_id`,
    `alter table case_file_part enable trigger user`,
    `alter table case_file enable trigger user`,
    `drop policy add_case_file on case_file`,
    `drop policy add_case_file_part on case_file_part`,
    ...['case_file', 'case_file_part'].map(
      (table) => `create policy add_${table} on ${table} for insert to ${APP} with check ${OWN}`,
    ),
    `create or replace function begin_case_file_anew(id uuid, hash text) returns void language plpgsql ${DEFINER} as $$
      begin
        delete from case_file_part p using case_file f
          where f.case_id = id and f.sha256 = hash and f.unit_code = scope_unit() and p.case_id = id and p.sha256 = hash;
      end $$`,
    `alter table case_file drop column brought_by`,
    FILES_BEFORE,
    `drop table misreport_step`,
    `drop table misreport_case`,
    ...DEFINERS.map((name) => `drop function ${name}`),
    `alter table misreport drop column share_percent`,
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
