import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const NAMES = ['assessment_step', 'appeal', 'appeal_step'] as const
const UNIT = `text collate "C" not null references unit on delete cascade`
const BY_UNIT = `'kept', 'submitted', 'withdrawn'`
const BY_OFFICE = `'accepted', 'upheld', 'rejected'`

const TABLES = [
  `create table assessment_step (
    office_code ${UNIT},
    quarter text collate "C" not null check (quarter ~ '^[0-9]{4}Q[1-4]$'),
    position integer not null check (position >= 0),
    kind text not null check (kind in ('drafted', 'returned', 'approved')),
    at timestamptz not null,
    by_name text not null,
    by_id uuid not null,
    note text check (note <> ''),
    last_day date,
    working_days integer check (working_days > 0),
    marks_appeals boolean not null,
    primary key (office_code, quarter, position),
    check ((kind = 'drafted') = (working_days is not null)),
    check (last_day is null or kind <> 'returned'),
    check (note is not null or kind <> 'returned'),
    check (not marks_appeals or kind = 'approved')
  )`,
  `create index assessment_step_of_quarter on assessment_step (quarter)`,
  `create table appeal (
    appeal_id uuid primary key,
    unit_code ${UNIT},
    office_code ${UNIT},
    quarter text collate "C" not null check (quarter ~ '^[0-9]{4}Q[1-4]$'),
    ref text collate "C" not null,
    code text collate "C" not null,
    at timestamptz not null,
    dimension text not null,
    clause text collate "C" not null,
    points integer not null check (points >= 0),
    opened_at timestamptz not null,
    unique (unit_code, quarter, ref, code, at)
  )`,
  `create index appeal_opened on appeal (opened_at, appeal_id)`,
  `create table appeal_step (
    appeal_id uuid not null references appeal on delete cascade,
    position integer not null check (position >= 0),
    unit_code ${UNIT},
    office_code ${UNIT},
    kind text not null check (kind in (${BY_UNIT}, ${BY_OFFICE})),
    at timestamptz not null,
    by_name text not null,
    by_id uuid not null,
    note text check (note <> ''),
    files text[] not null,
    primary key (appeal_id, position),
    check (note is not null or kind in ('accepted', 'withdrawn')),
    check (files = '{}' or kind in ('kept', 'submitted'))
  )`,
  `create index appeal_step_of_unit on appeal_step (unit_code)`,
]
const REFUSED = `using errcode = 'insufficient_privilege'`

/** Files of a unit are of a case or of an appeal. */
const FILES = [
  `alter table case_file drop constraint case_file_case_id_fkey`,
  `create function check_case_file() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from supervision_case c where c.case_id = new.case_id and c.unit_code = new.unit_code
            and c.office_code = new.office_code)
          and not exists (select from appeal a where a.appeal_id = new.case_id and a.unit_code = new.unit_code
            and a.office_code = new.office_code) then
        raise exception 'a file is of a case or an appeal' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger case_file_has_its_case before insert on case_file for each row execute function check_case_file()`,
]

const GUARDS = [
  `create function keep_assessment() returns trigger language plpgsql as $$
    begin
      raise exception 'what was done in an assessment stays as it was' ${REFUSED};
    end $$`,
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_assessment()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ]),
  // A draft, then two approvals by different people after the last day; back to open at any time before the freeze.
  `create function check_assessment_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      taken integer := (select count(*) from assessment_step s where s.office_code = new.office_code and s.quarter = new.quarter);
      draft assessment_step;
      last text;
      follows boolean;
      today date := (new.at at time zone interval '8 hours')::date;
    begin
      select s.kind into last from assessment_step s where s.office_code = new.office_code and s.quarter = new.quarter
        order by s.position desc limit 1;
      select * into draft from assessment_step s where s.office_code = new.office_code and s.quarter = new.quarter
        and s.kind = 'drafted' order by s.position desc limit 1;
      follows := new.position = taken and not exists (select from frozen_quarter f where f.quarter = new.quarter)
        and case new.kind
          when 'drafted' then coalesce(last, 'returned') = 'returned'
          when 'returned' then last in ('drafted', 'approved')
          else last in ('drafted', 'approved') and coalesce(draft.last_day, new.last_day) < today and (
            select count(*) from assessment_step s where s.office_code = new.office_code and s.quarter = new.quarter
              and s.position > draft.position) < 2 and not exists (
            select from assessment_step s where s.office_code = new.office_code and s.quarter = new.quarter
              and s.position > draft.position and s.by_id = new.by_id)
        end;
      if not coalesce(follows, false) then
        raise exception 'this is not the next step of the assessment' ${REFUSED};
      end if;
      if new.kind = 'approved' and not new.marks_appeals and exists (
          select from appeal a join lateral (select s.kind from appeal_step s where s.appeal_id = a.appeal_id
            order by s.position desc limit 1) s on true
          where a.office_code = new.office_code and a.quarter = new.quarter and s.kind in ('submitted', 'accepted')) then
        raise exception 'appeals are open' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger assessment_step_is_next before insert on assessment_step
    for each row execute function check_assessment_step()`,
  `create function check_appeal() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from unit_closure c where c.ancestor_code = new.office_code and c.descendant_code = new.unit_code
          and c.depth <= 1) then
        raise exception 'an appeal goes to the office above' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger appeal_goes_up before insert on appeal for each row execute function check_appeal()`,
  // Handed in while the draft is out, within the days; decided by nobody who found it or decided the case behind it.
  `create function check_appeal_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      own appeal := (select a from appeal a where a.appeal_id = new.appeal_id);
      taken integer := (select count(*) from appeal_step s where s.appeal_id = new.appeal_id);
      before text := coalesce((select s.kind from appeal_step s where s.appeal_id = new.appeal_id
        order by s.position desc limit 1), 'kept');
      draft assessment_step;
      today date := (new.at at time zone interval '8 hours')::date;
    begin
      if own is null or own.unit_code <> new.unit_code or own.office_code <> new.office_code or new.position <> taken
        or not (case new.kind
          when 'kept' then before = 'kept'
          when 'submitted' then before = 'kept'
          when 'accepted' then before = 'submitted'
          when 'withdrawn' then before in ('kept', 'submitted', 'accepted')
          else before = 'accepted' end) then
        raise exception 'this is not the next step of the appeal' ${REFUSED};
      end if;
      if new.kind = 'submitted' then
        select * into draft from assessment_step s where s.office_code = own.office_code and s.quarter = own.quarter
          order by s.position desc limit 1;
        if draft.kind is distinct from 'drafted' or draft.last_day < today then
          raise exception 'no draft is out, or its days are over' ${REFUSED};
        end if;
      end if;
      if new.kind in (${BY_OFFICE}) and (exists (select from inspection i where i.check_code = own.ref
            and i.unit_code = own.unit_code and (i.recorded_by_id = new.by_id or new.by_name = any (i.inspectors)))
          or exists (select from check_record r where r.check_code = own.ref and r.unit_code = own.unit_code
            and new.by_name = any (r.inspectors))
          or exists (select from inspection i join supervision_case c using (inspection_id) join case_step s using (case_id)
            where i.check_code = own.ref and i.unit_code = own.unit_code and c.finding = own.code
              and s.kind in ('confirmed', 'dismissed') and s.by_id = new.by_id)) then
        raise exception 'nobody decides an appeal against his own finding' ${REFUSED};
      end if;
      if exists (select from unnest(new.files) as hash where not exists (
          select from case_file f where f.case_id = new.appeal_id and f.sha256 = hash and f.bytes = (
            select sum(octet_length(p.content)) from case_file_part p where p.case_id = f.case_id and p.sha256 = hash))) then
        raise exception 'a file of the step is not there' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger appeal_step_is_next before insert on appeal_step for each row execute function check_appeal_step()`,
  // The offices above the reader's own unit, whose drafts it is told of.
  `create function offices_above() returns setof text language sql stable ${DEFINER} as $$
    select ancestor_code from unit_closure where descendant_code = scope_unit() and depth > 0
  $$`,
]
const DEFINERS = [
  'check_case_file()',
  'check_assessment_step()',
  'check_appeal()',
  'check_appeal_step()',
  'offices_above()',
]

const READ = `((select sees_all()) or unit_code = any (array(select my_units())))`
const OFFICE = `(office_code = (select scope_unit()) and unit_code = any (array(select units_below())))`
const OWN = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`
const POLICIES: Readonly<Record<(typeof NAMES)[number], readonly [read: string, add: string]>> = {
  assessment_step: [
    `((select sees_all()) or office_code = any (array(select my_units())) or office_code = any (array(select offices_above())))`,
    `(office_code = (select scope_unit()) and office_code = any (array(select my_units())))`,
  ],
  appeal: [READ, OWN],
  appeal_step: [READ, `((kind in (${BY_OFFICE}) and ${OFFICE}) or (kind in (${BY_UNIT}) and ${OWN}))`],
}

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `create policy read_${table} on ${table} for select to ${APP} using ${POLICIES[table][0]}`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${POLICIES[table][1]}`,
    `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    `grant select on ${table} to ${REPORT}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
  `grant execute on function offices_above() to ${APP}`,
]

/** The assessment of a quarter from draft to approval, and the appeals against it; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...FILES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    `drop trigger case_file_has_its_case on case_file`,
    // What was brought in an appeal goes with it.
    `alter table case_file disable trigger user`,
    `alter table case_file_part disable trigger user`,
    `delete from case_file where case_id in (select appeal_id from appeal)`,
    `alter table case_file enable trigger user`,
    `alter table case_file_part enable trigger user`,
    `alter table case_file add constraint case_file_case_id_fkey foreign key (case_id)
      references supervision_case on delete cascade`,
    ...NAMES.toReversed().map((table) => `drop table ${table}`),
    ...[...DEFINERS, 'keep_assessment()'].map((name) => `drop function ${name}`),
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
