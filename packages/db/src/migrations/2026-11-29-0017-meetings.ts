import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const NAMES = [
  'meeting',
  'meeting_revision',
  'meeting_step',
  'meeting_invitation',
  'meeting_reply',
  'meeting_decision',
  'meeting_decision_step',
] as const
const UNIT = `text collate "C" not null references unit on delete cascade`
const OF_MEETING = `uuid not null references meeting on delete cascade`
const BY = `at timestamptz not null, by_name text not null, by_id uuid not null`

const TABLES = [
  // Goes with its office, so that clearing a demonstration needs not know of it.
  `create table meeting (
    meeting_id uuid primary key,
    unit_code ${UNIT},
    office_name text not null,
    title text not null check (title <> ''),
    quarter text collate "C" not null check (quarter ~ '^[1-9][0-9]{3}Q[1-4]$'),
    frozen_version integer check (frozen_version > 0),
    as_of timestamptz not null,
    rules text not null,
    ${BY}
  )`,
  `create index meeting_of_unit on meeting (unit_code, at)`,
  `create table meeting_revision (
    meeting_id ${OF_MEETING},
    part text not null check (part in ('agenda', 'minutes')),
    revision integer not null check (revision > 0),
    unit_code ${UNIT},
    base_revision integer not null check (base_revision >= 0 and base_revision < revision),
    document text not null check (document <> ''),
    ${BY},
    primary key (meeting_id, part, revision)
  )`,
  `create index meeting_revision_of_unit on meeting_revision (unit_code)`,
  `create table meeting_step (
    meeting_id ${OF_MEETING},
    seq integer not null check (seq > 0),
    unit_code ${UNIT},
    kind text not null check (kind in ('submitted', 'returned', 'signed', 'corrected')),
    revision integer not null,
    note text check (note <> ''),
    ${BY},
    primary key (meeting_id, seq),
    check ((note is not null) = (kind in ('returned', 'corrected')))
  )`,
  `create index meeting_step_of_unit on meeting_step (unit_code)`,
  `create table meeting_invitation (
    meeting_id ${OF_MEETING},
    unit_code ${UNIT},
    round integer not null check (round > 0),
    office_code ${UNIT},
    office_name text not null,
    title text not null,
    quarter text collate "C" not null,
    held_at timestamptz not null,
    place text not null check (place <> ''),
    answer_by date not null,
    ${BY},
    primary key (meeting_id, unit_code, round)
  )`,
  `create index meeting_invitation_of_unit on meeting_invitation (unit_code)`,
  `create table meeting_reply (
    meeting_id ${OF_MEETING},
    unit_code ${UNIT},
    position integer not null check (position >= 0),
    office_code ${UNIT},
    round integer not null,
    kind text not null check (kind in ('attend', 'leave', 'proxy', 'reminded')),
    seat text check (seat in ('deputy', 'head')),
    person text check (person <> ''),
    substitute text check (substitute <> ''),
    note text check (note <> ''),
    ${BY},
    primary key (meeting_id, unit_code, position),
    foreign key (meeting_id, unit_code, round) references meeting_invitation on delete cascade,
    check ((kind = 'reminded') = (seat is null) and (kind = 'reminded') = (person is null)),
    check (kind <> 'leave' or note is not null),
    check (kind <> 'proxy' or substitute is not null),
    check (kind in ('leave', 'proxy') or substitute is null)
  )`,
  `create index meeting_reply_of_unit on meeting_reply (unit_code)`,
  `create table meeting_decision (
    decision_id uuid primary key,
    meeting_id ${OF_MEETING},
    unit_code ${UNIT},
    office_code ${UNIT},
    office_name text not null,
    title text not null,
    quarter text collate "C" not null,
    what text not null check (what <> ''),
    report text not null check (report <> ''),
    owner text not null check (owner <> ''),
    last_day date not null,
    indicator text check (indicator in ('timeliness', 'completeness', 'checks', 'filings')),
    ${BY}
  )`,
  `create index meeting_decision_of_unit on meeting_decision (unit_code, last_day)`,
  `create index meeting_decision_of_meeting on meeting_decision (meeting_id)`,
  `create table meeting_decision_step (
    decision_id uuid not null references meeting_decision on delete cascade,
    position integer not null check (position >= 0),
    unit_code ${UNIT},
    office_code ${UNIT},
    kind text not null check (kind in ('received', 'reported', 'returned', 'closed')),
    note text check (note <> ''),
    last_day date,
    ${BY},
    primary key (decision_id, position),
    check (note is not null or kind in ('received', 'closed')),
    check (last_day is null or kind = 'returned')
  )`,
  `create index meeting_decision_step_of_unit on meeting_decision_step (unit_code)`,
]

const REFUSED = `using errcode = 'insufficient_privilege'`
const IS_SIGNED = `exists (select from meeting_step s where s.meeting_id = new.meeting_id and s.kind = 'signed')`

const GUARDS = [
  `create function keep_meeting() returns trigger language plpgsql as $$
    begin
      raise exception 'what was written of a meeting stays as it was' ${REFUSED};
    end $$`,
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_meeting()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  ]),
  // Whoever writes: revisions follow each other, and minutes that were signed stay.
  `create function check_meeting_revision() returns trigger language plpgsql ${DEFINER} as $$
    declare
      last integer;
    begin
      perform 1 from meeting m where m.meeting_id = new.meeting_id and m.unit_code = new.unit_code for update;
      if not found then
        raise exception 'a revision is of a meeting of its office' ${REFUSED};
      end if;
      select max(revision) into last from meeting_revision r where r.meeting_id = new.meeting_id and r.part = new.part;
      if new.revision <> coalesce(last, 0) + 1 or ${IS_SIGNED} then
        raise exception 'this revision is not the next one' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger meeting_revision_is_next before insert on meeting_revision
    for each row execute function check_meeting_revision()`,
  // Only the newest minutes, once they were handed in, and by nobody who wrote any of them; corrections come after.
  `create function check_meeting_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      newest integer;
      last meeting_step;
    begin
      perform 1 from meeting m where m.meeting_id = new.meeting_id and m.unit_code = new.unit_code for update;
      if not found then
        raise exception 'a step is of a meeting of its office' ${REFUSED};
      end if;
      select max(revision) into newest from meeting_revision r where r.meeting_id = new.meeting_id and r.part = 'minutes';
      select * into last from meeting_step s where s.meeting_id = new.meeting_id order by seq desc limit 1;
      if new.seq <> coalesce(last.seq, 0) + 1 or new.revision is distinct from newest
        or (new.kind = 'corrected') <> ${IS_SIGNED}
        or (new.kind in ('returned', 'signed') and (last.kind is distinct from 'submitted' or last.revision <> new.revision))
        or (new.kind = 'signed' and exists (select from meeting_revision r
          where r.meeting_id = new.meeting_id and r.part = 'minutes' and r.by_id = new.by_id)) then
        raise exception 'this is not what comes next of the minutes' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger meeting_step_is_next before insert on meeting_step for each row execute function check_meeting_step()`,
  // Units are invited, and bound, by the office whose meeting it is, as long as its minutes are open.
  `create function check_of_meeting() returns trigger language plpgsql ${DEFINER} as $$
    begin
      perform 1 from meeting m where m.meeting_id = new.meeting_id and m.unit_code = new.office_code
        and m.quarter = new.quarter for update;
      if not found or ${IS_SIGNED} then
        raise exception 'this is no meeting of the office that is open' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger meeting_decision_is_of_it before insert on meeting_decision for each row execute function check_of_meeting()`,
  `create trigger meeting_invitation_is_of_it before insert on meeting_invitation
    for each row execute function check_of_meeting()`,
  `create function check_meeting_round() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if new.round <> 1 + (select count(*) from meeting_invitation i where i.meeting_id = new.meeting_id
          and i.unit_code = new.unit_code) then
        raise exception 'this is not the next invitation' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger meeting_invitation_is_next before insert on meeting_invitation
    for each row execute function check_meeting_round()`,
  // An answer, or a reminder, is about the newest invitation.
  `create function check_meeting_reply() returns trigger language plpgsql ${DEFINER} as $$
    declare
      newest meeting_invitation;
    begin
      perform 1 from meeting m where m.meeting_id = new.meeting_id for update;
      select * into newest from meeting_invitation i where i.meeting_id = new.meeting_id and i.unit_code = new.unit_code
        order by round desc limit 1;
      if newest is null or newest.round <> new.round or newest.office_code <> new.office_code
        or new.position <> (select count(*) from meeting_reply r where r.meeting_id = new.meeting_id
          and r.unit_code = new.unit_code) then
        raise exception 'this is not the next answer to the invitation' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger meeting_reply_is_next before insert on meeting_reply for each row execute function check_meeting_reply()`,
  // Reported before it is verified, and by somebody else than who reported it or wrote the decision down.
  `create function check_decision_order() returns trigger language plpgsql ${DEFINER} as $$
    declare
      own meeting_decision;
      before text;
      reporter uuid;
      follows boolean;
    begin
      select * into own from meeting_decision d where d.decision_id = new.decision_id for update;
      select s.kind into before from meeting_decision_step s where s.decision_id = new.decision_id and s.kind <> 'received'
        order by s.position desc limit 1;
      select s.by_id into reporter from meeting_decision_step s where s.decision_id = new.decision_id and s.kind = 'reported'
        order by s.position desc limit 1;
      follows := case new.kind
        when 'received' then new.position = 0
        when 'reported' then coalesce(before, 'returned') = 'returned'
        else coalesce(before, '') = 'reported' and new.by_id <> reporter and new.by_id <> own.by_id
      end;
      if own is null or own.unit_code <> new.unit_code or own.office_code <> new.office_code or not follows
        or new.position <> (select count(*) from meeting_decision_step s where s.decision_id = new.decision_id) then
        raise exception 'this is not the next step of the decision' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger meeting_decision_step_is_next before insert on meeting_decision_step
    for each row execute function check_decision_order()`,
]

const DEFINERS = [
  'check_meeting_revision()',
  'check_meeting_step()',
  'check_of_meeting()',
  'check_meeting_round()',
  'check_meeting_reply()',
  'check_decision_order()',
] as const

const OFFICE = `(unit_code = (select scope_unit()))`
const BELOW = `(office_code = (select scope_unit()) and unit_code = any (array(select units_below())))`
const OWN = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`
/** An office writes of its meetings, invites and binds units one level below; these answer for themselves. */
const ADDED: Readonly<Record<(typeof NAMES)[number], string>> = {
  meeting: OFFICE,
  meeting_revision: OFFICE,
  meeting_step: OFFICE,
  meeting_invitation: BELOW,
  meeting_reply: `((kind = 'reminded' and ${BELOW}) or (kind <> 'reminded' and ${OWN}))`,
  meeting_decision: BELOW,
  meeting_decision_step: `((kind in ('returned', 'closed') and ${BELOW}) or (kind in ('received', 'reported') and ${OWN}))`,
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
]

/** Exchange meetings 座谈会, their invitations, minutes and decisions; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of NAMES.toReversed()) await sql.raw(`drop table ${table}`).execute(db)
  for (const name of [...DEFINERS, 'keep_meeting()']) await sql.raw(`drop function ${name}`).execute(db)
}
