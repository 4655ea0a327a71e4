import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const REFUSED = `using errcode = 'insufficient_privilege'`
const KEPT = ['report_content', 'report_act', 'phone_record'] as const
const NAMES = [...KEPT, 'report_draft'] as const
const UNIT = `text collate "C" not null references unit on delete cascade`
const PERSONS = `integer check (%s between 0 and 1000000)`
const WHO = `by_name text not null, by_id uuid not null`

function persons(column: string): string {
  return `${column} ${PERSONS.replace('%s', column)}`
}

const TABLES = [
  `create table report_content (
    content_id uuid primary key,
    unit_code ${UNIT},
    event_code text collate "C" not null,
    stage text not null check (stage in ('first', 'follow_up', 'final')),
    sequence integer not null check (sequence >= 0 and (sequence > 0) = (stage = 'follow_up')),
    version integer not null check (version >= 1),
    received_at timestamptz not null,
    receipt_code text collate "C" not null unique check (receipt_code ~ '^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$'),
    client_key uuid not null,
    sha256 text collate "C" not null,
    document text not null,
    category text not null check (category in ('natural_disaster', 'accident', 'public_health', 'social_security')),
    level text not null check (level in ('I', 'II', 'III', 'IV')),
    occurred_at timestamptz not null,
    learned_at timestamptz not null check (learned_at >= occurred_at),
    claimed_phoned_at timestamptz check (claimed_phoned_at between learned_at and received_at),
    area_code text collate "C",
    place text not null,
    ${persons('deaths')},
    ${persons('injuries')},
    ${persons('missing')},
    text text not null,
    signer text not null check (signer <> ''),
    year integer not null,
    number integer not null check (number >= 1),
    reason text check (reason <> ''),
    ${WHO},
    frozen_quarters text[] not null,
    unique (unit_code, event_code, stage, sequence, version),
    unique (unit_code, client_key),
    check (learned_at <= received_at),
    check ((version > 1) = (reason is not null)),
    check (sha256 = encode(sha256(convert_to(document, 'UTF8')), 'hex'))
  )`,
  `create index report_content_received on report_content (received_at, content_id)`,
  `create index report_content_of_unit on report_content (unit_code, received_at)`,
  `create unique index report_content_number on report_content (unit_code, year, number) where version = 1`,
  `create table report_act (
    content_id uuid not null references report_content on delete cascade,
    kind text not null check (kind in ('signed_for', 'claim_confirmed', 'claim_denied')),
    unit_code ${UNIT},
    office_code ${UNIT},
    office_name text not null,
    at timestamptz not null,
    ${WHO},
    note text check (note <> ''),
    primary key (content_id, kind),
    check (kind <> 'claim_denied' or note is not null)
  )`,
  `create unique index report_act_claim_once on report_act (content_id) where kind <> 'signed_for'`,
  `create index report_act_of_unit on report_act (unit_code)`,
  `create table phone_record (
    record_id uuid primary key,
    unit_code ${UNIT},
    office_code ${UNIT},
    office_name text not null,
    event_code text collate "C" not null,
    began_at timestamptz not null,
    recorded_at timestamptz not null check (began_at <= recorded_at),
    earlier_reason text check (earlier_reason <> ''),
    caller_name text not null check (caller_name <> ''),
    caller_post text check (caller_post <> ''),
    caller_phone text check (caller_phone <> ''),
    category text not null check (category in ('natural_disaster', 'accident', 'public_health', 'social_security')),
    level text not null check (level in ('I', 'II', 'III', 'IV')),
    occurred_at timestamptz not null,
    learned_at timestamptz not null check (learned_at >= occurred_at and learned_at <= began_at),
    place text not null,
    course text not null check (course <> ''),
    told_to text check (told_to <> ''),
    handling text check (handling <> ''),
    ${WHO},
    check (earlier_reason is not null or recorded_at - began_at <= interval '10 minutes')
  )`,
  `create index phone_record_of_unit on phone_record (unit_code, event_code, began_at)`,
  `create table report_draft (
    unit_code ${UNIT},
    draft_key text collate "C" not null,
    revision integer not null check (revision >= 1),
    document text,
    saved_at timestamptz not null,
    ${WHO},
    primary key (unit_code, draft_key)
  )`,
]

const GUARDS = [
  `create function keep_report_content() returns trigger language plpgsql as $$
    begin
      raise exception 'what was reported stays as it was' ${REFUSED};
    end $$`,
  ...KEPT.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_report_content()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ]),
  // The order of the reports of an event, whoever writes, and versions without a gap.
  `create function check_report_content() returns trigger language plpgsql ${DEFINER} as $$
    declare
      before report_content := (select c from report_content c where c.unit_code = new.unit_code
        and c.event_code = new.event_code and c.stage = new.stage and c.sequence = new.sequence
        order by c.version desc limit 1);
    begin
      if new.version <> coalesce(before.version, 0) + 1 or (before.version is not null and (new.received_at < before.received_at
          or new.year <> before.year or new.number <> before.number)) then
        raise exception 'this is not the next version of the report' ${REFUSED};
      end if;
      if new.version = 1 and exists (select from report_content c where c.unit_code = new.unit_code
          and c.event_code = new.event_code and c.stage = 'final') then
        raise exception 'nothing is reported after the final report' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger report_content_is_next before insert on report_content for each row execute function check_report_content()`,
  // An office signs for what was received from that unit, and answers a claim that was made.
  `create function check_report_act() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from report_content c where c.content_id = new.content_id and c.unit_code = new.unit_code
          and c.received_at <= new.at and (new.kind = 'signed_for' or c.claimed_phoned_at is not null)) then
        raise exception 'an act is about a report of the unit' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger report_act_is_of_its_report before insert on report_act for each row execute function check_report_act()`,
  // Whoever saves has seen what he writes over.
  `create function check_report_draft() returns trigger language plpgsql as $$
    begin
      if new.unit_code <> old.unit_code or new.draft_key <> old.draft_key or new.revision <> old.revision + 1 then
        raise exception 'this is not the next state of the draft' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger report_draft_is_next before update on report_draft for each row execute function check_report_draft()`,
]
const DEFINERS = ['check_report_content()', 'check_report_act()'] as const

const OFFICE = `(office_code = (select scope_unit()) and unit_code = any (array(select units_below())))`
const OWN = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`
const ADDED: Readonly<Record<(typeof NAMES)[number], string>> = {
  report_content: OWN,
  report_act: OFFICE,
  phone_record: OFFICE,
  report_draft: OWN,
}

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy read_${table} on ${table} for select to ${APP}
      using ((select sees_all()) or unit_code = any (array(select my_units())))`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${ADDED[table]}`,
    table === 'report_draft'
      ? `create policy change_${table} on ${table} for update to ${APP} using ${OWN} with check ${OWN}`
      : `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    // Nothing of a report's words is anybody's business in a comparison.
    `grant select, insert on ${table} to ${APP}`,
  ]),
  `grant update on report_draft to ${APP}`,
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
]

/** What units write in their reports, what offices take by telephone and sign for; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    `drop table report_draft`,
    `drop table phone_record`,
    `drop table report_act`,
    `drop table report_content`,
    ...[...DEFINERS, 'check_report_draft()', 'keep_report_content()'].map((name) => `drop function ${name}`),
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
