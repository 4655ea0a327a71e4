import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const NAMES = ['log_entry', 'handover', 'handover_step', 'log_step', 'log_day'] as const
const UNIT = `text collate "C" not null references unit on delete cascade`
const SIGNED = `at timestamptz not null,
    by_name text not null check (by_name <> ''),
    by_id uuid not null`
const words = (column: string): string => `${column} text check (${column} <> '')`

const TABLES = [
  `create table log_entry (
    entry_id uuid primary key,
    unit_code ${UNIT},
    entry_code text collate "C" not null unique,
    day date not null,
    number integer not null check (number > 0),
    source text not null check (source in ('call', 'document', 'network', 'oral', 'system', 'other')),
    kind text not null check (kind in ('matter', 'emergency', 'instruction', 'situation', 'memo')),
    ${words('caller_unit')},
    ${words('caller_name')},
    ${words('caller_phone')},
    received_at timestamptz not null,
    clock_ahead_minutes integer,
    content text not null check (content <> ''),
    ${words('officer')},
    event_code text collate "C" check (event_code <> ''),
    lead_code text collate "C" check (lead_code <> ''),
    ${SIGNED},
    unique (unit_code, day, number),
    check (received_at <= at)
  )`,
  `create index log_entry_of_unit on log_entry (unit_code, at)`,
  `create table handover (
    handover_id uuid primary key,
    unit_code ${UNIT},
    change_at timestamptz not null,
    ${SIGNED},
    unique (unit_code, change_at)
  )`,
  `create table handover_step (
    handover_id uuid not null references handover on delete cascade,
    position integer not null check (position >= 0),
    unit_code ${UNIT},
    kind text not null check (kind in ('prepared', 'offered', 'returned', 'taken')),
    ${SIGNED},
    ${words('roster_person')},
    ${words('off_roster_reason')},
    entries uuid[] not null,
    notes text[] not null,
    ${words('equipment')},
    ${words('note')},
    ${words('to_person')},
    ${words('to_reason')},
    ${words('entered_by_name')},
    entered_by_id uuid,
    open_count integer not null check (open_count >= 0),
    primary key (handover_id, position),
    check (cardinality(entries) = cardinality(notes)),
    check (kind not in ('offered', 'taken') or (roster_person is null) <> (off_roster_reason is null)),
    check (kind <> 'offered' or to_person is not null),
    check (kind <> 'returned' or note is not null),
    check ((entered_by_id is null) = (entered_by_name is null))
  )`,
  `create table log_step (
    entry_id uuid not null references log_entry on delete cascade,
    position integer not null check (position >= 0),
    unit_code ${UNIT},
    kind text not null check (kind in ('instructed', 'disposed', 'transferred', 'handed_over', 'closed', 'reopened', 'corrected')),
    ${SIGNED},
    ${words('note')},
    ${words('person')},
    outcome text check (outcome in ('done', 'reported', 'answered', 'accepted_elsewhere', 'noted', 'declined')),
    ${words('content')},
    handover_id uuid references handover on delete cascade,
    primary key (entry_id, position),
    check ((outcome is not null) = (kind = 'closed')),
    check ((content is not null) = (kind = 'corrected')),
    check ((handover_id is not null) = (kind = 'handed_over')),
    check (kind not in ('instructed', 'transferred') or person is not null),
    check (kind = 'handed_over' or note is not null)
  )`,
  `create index log_step_of_unit on log_step (unit_code, at)`,
  `create table log_day (
    unit_code ${UNIT},
    day date not null,
    position integer not null check (position >= 0),
    ${words('leader')},
    ${words('weather')},
    ${SIGNED},
    primary key (unit_code, day, position)
  )`,
]

const REFUSED = `using errcode = 'insufficient_privilege'`
/** Whether an entry is on the list: what last closed or opened it. */
const IS_OPEN = (entry: string): string => `coalesce((select s.kind from log_step s where s.entry_id = ${entry}
  and s.kind in ('closed', 'reopened') order by s.position desc limit 1), 'reopened') = 'reopened'`

const GUARDS = [
  `create function keep_duty_log() returns trigger language plpgsql as $$
    begin
      raise exception 'what was written in a log stays as it was' ${REFUSED};
    end $$`,
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_duty_log()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ]),
  // Numbered without a gap on the day it is written, and never before one that is there already.
  `create function check_log_entry() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if new.day <> (new.at at time zone interval '8 hours')::date
          or new.number <> (select count(*) + 1 from log_entry e where e.unit_code = new.unit_code and e.day = new.day)
          or exists (select from log_entry e where e.unit_code = new.unit_code and e.at > new.at) then
        raise exception 'this is not the next entry of the log' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger log_entry_is_next before insert on log_entry for each row execute function check_log_entry()`,
  `create function check_log_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      own log_entry := (select e from log_entry e where e.entry_id = new.entry_id);
      taken integer := (select count(*) from log_step s where s.entry_id = new.entry_id);
      is_open boolean := ${IS_OPEN('new.entry_id')};
    begin
      if own is null or own.unit_code <> new.unit_code or new.position <> taken or new.at < own.at
          or exists (select from log_step s where s.entry_id = new.entry_id and s.at > new.at)
          or not (case new.kind when 'corrected' then true when 'reopened' then not is_open else is_open end) then
        raise exception 'this is not the next step of the entry' ${REFUSED};
      end if;
      if new.kind = 'handed_over' and not exists (select from handover_step h where h.handover_id = new.handover_id
          and h.unit_code = new.unit_code and h.kind = 'taken' and new.entry_id = any (h.entries)) then
        raise exception 'nobody took this entry over' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger log_step_is_next before insert on log_step for each row execute function check_log_step()`,
  // Offered by one, taken by another, with everything that is open.
  `create function check_handover_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      own handover := (select h from handover h where h.handover_id = new.handover_id);
      taken integer := (select count(*) from handover_step s where s.handover_id = new.handover_id);
      last handover_step;
      open_ones uuid[] := array(select e.entry_id from log_entry e where e.unit_code = new.unit_code and ${IS_OPEN('e.entry_id')});
    begin
      select * into last from handover_step s where s.handover_id = new.handover_id order by s.position desc limit 1;
      if own is null or own.unit_code <> new.unit_code or new.position <> taken or new.at < last.at
          or not (case new.kind
            when 'prepared' then coalesce(last.kind, 'prepared') in ('prepared', 'returned')
            when 'offered' then coalesce(last.kind, 'prepared') in ('prepared', 'returned')
            else coalesce(last.kind, 'prepared') = 'offered' end) then
        raise exception 'this is not the next step of the handover' ${REFUSED};
      end if;
      if new.kind = 'offered' and not (open_ones <@ new.entries and new.entries <@ open_ones) then
        raise exception 'a handover lists what is open' ${REFUSED};
      end if;
      if new.kind = 'taken' and (new.by_id = last.by_id or new.by_name = last.by_name) then
        raise exception 'two different people hand over and take over' ${REFUSED};
      end if;
      if new.kind = 'taken' and not (open_ones <@ last.entries and new.entries <@ open_ones and open_ones <@ new.entries
          and new.open_count = cardinality(new.entries)) then
        raise exception 'what is open is taken over whole' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger handover_step_is_next before insert on handover_step
    for each row execute function check_handover_step()`,
  `create function check_log_day() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if new.position <> (select count(*) from log_day d where d.unit_code = new.unit_code and d.day = new.day)
          or new.day > (new.at at time zone interval '8 hours')::date then
        raise exception 'this is not the next head of the day' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger log_day_is_next before insert on log_day for each row execute function check_log_day()`,
]
const DEFINERS = ['check_log_entry()', 'check_log_step()', 'check_handover_step()', 'check_log_day()']

const READ = `((select sees_all()) or unit_code = any (array(select my_units())))`
const OWN = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `create policy read_${table} on ${table} for select to ${APP} using ${READ}`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${OWN}`,
    `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    `grant select on ${table} to ${REPORT}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
]

/** Duty logs with what became of each entry, the heads of their days, and handovers; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    ...NAMES.toReversed().map((table) => `drop table ${table}`),
    ...[...DEFINERS, 'keep_duty_log()'].map((name) => `drop function ${name}`),
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
