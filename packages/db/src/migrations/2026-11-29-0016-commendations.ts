import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const REFUSED = `using errcode = 'insufficient_privilege'`
const NAMES = ['commendation_step', 'commendation_list'] as const
const UNIT = `text collate "C" not null references unit on delete cascade`
const QUARTER = `text collate "C" not null check (quarter ~ '^[0-9]{4}Q[1-4]$')`
const KEY = `unit_code, quarter, peer_group, position`

const TABLES = [
  `create table commendation_step (
    unit_code ${UNIT},
    quarter ${QUARTER},
    peer_group text collate "C" not null,
    position integer not null check (position >= 0),
    kind text not null check (kind in ('decided', 'confirmed', 'returned')),
    at timestamptz not null,
    by_name text not null,
    by_id uuid not null,
    note text check (note <> ''),
    frozen_version integer check (frozen_version > 0),
    as_of timestamptz not null,
    name_count integer not null check (name_count >= 0),
    primary key (${KEY}),
    check (note is not null or kind <> 'returned'),
    check (name_count = 0 or kind = 'decided')
  )`,
  `create table commendation_list (
    unit_code ${UNIT},
    quarter ${QUARTER},
    peer_group text collate "C" not null,
    position integer not null,
    kind text not null check (kind in ('praise', 'criticism')),
    named_code ${UNIT},
    name text not null,
    rank integer not null check (rank > 0),
    score integer not null,
    probability double precision not null check (probability between 0 and 1),
    certainty text not null check (certainty in ('certain', 'likely', 'cannot_tell')),
    barrier text check (barrier in ('inactive', 'not_commendable', 'misreport')),
    is_proposed boolean not null,
    is_named boolean not null,
    reason text check (reason <> ''),
    primary key (${KEY}, kind, named_code),
    foreign key (${KEY}) references commendation_step on delete cascade,
    check (is_named or is_proposed),
    check (not (is_proposed and barrier is not null)),
    check (reason is not null or (is_named and is_proposed and certainty <> 'cannot_tell')),
    check (not (is_named and kind = 'praise' and barrier = 'misreport'))
  )`,
  `create index commendation_list_of_named on commendation_list (named_code)`,
]

const GUARDS = [
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_case()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ]),
  // One decides and another confirms, on the same figures; what is confirmed is decided anew only for a reason.
  `create function check_commendation_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      taken integer := (select count(*) from commendation_step s where s.unit_code = new.unit_code
        and s.quarter = new.quarter and s.peer_group = new.peer_group);
      last commendation_step := (select s from commendation_step s where s.unit_code = new.unit_code
        and s.quarter = new.quarter and s.peer_group = new.peer_group order by s.position desc limit 1);
      before text := coalesce(last.kind, 'returned');
      follows boolean;
    begin
      follows := case new.kind
        when 'decided' then before = 'returned' or (before = 'confirmed' and new.note is not null)
        when 'confirmed' then before = 'decided' and last.frozen_version is not distinct from new.frozen_version
        else before = 'decided'
      end;
      if new.position <> taken or not follows then
        raise exception 'this is not the next step of the lists' ${REFUSED};
      end if;
      if new.kind = 'confirmed' and last.by_id = new.by_id then
        raise exception 'nobody signs twice' ${REFUSED};
      end if;
      if new.kind = 'confirmed' and last.name_count <> (select count(*) from commendation_list l
          where l.unit_code = new.unit_code and l.quarter = new.quarter and l.peer_group = new.peer_group
            and l.position = last.position) then
        raise exception 'names of the decision are missing' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger commendation_step_is_next before insert on commendation_step
    for each row execute function check_commendation_step()`,
  // As many names as the decision said; afterwards nobody adds one.
  `create function check_commendation_list() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if (select count(*) from commendation_list l where l.unit_code = new.unit_code and l.quarter = new.quarter
            and l.peer_group = new.peer_group and l.position = new.position) >= coalesce((
          select s.name_count from commendation_step s where s.unit_code = new.unit_code and s.quarter = new.quarter
            and s.peer_group = new.peer_group and s.position = new.position), 0) then
        raise exception 'the lists are decided' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger commendation_list_is_open before insert on commendation_list
    for each row execute function check_commendation_list()`,
]
const DEFINERS = ['check_commendation_step()', 'check_commendation_list()'] as const

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `create policy read_${table} on ${table} for select to ${APP}
      using ((select sees_all()) or unit_code = any (array(select my_units())))`,
    `create policy add_${table} on ${table} for insert to ${APP}
      with check (unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`,
    `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    `grant select on ${table} to ${REPORT}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
]

/** Whom an office praises and criticises in a quarter: decided by one, confirmed by another, only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    `drop table commendation_list`,
    `drop table commendation_step`,
    ...DEFINERS.map((name) => `drop function ${name}`),
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
