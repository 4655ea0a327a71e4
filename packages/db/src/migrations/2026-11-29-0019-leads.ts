import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const REFUSED = `using errcode = 'insufficient_privilege'`
const UNIT = `text collate "C" not null references unit on delete cascade`
const CODE = `text collate "C"`
const BY = `at timestamptz not null, by_name text not null, by_id uuid not null`
/** `unit_code` is the office: nobody below it reads what it has seen, and of whom. */
const OF_OFFICE = ['lead_step', 'lead_origin', 'informant_step', 'informant_message', 'risk_mark'] as const
const OF_UNIT = ['lead_inquiry', 'lead_inquiry_step'] as const
const NAMES = [...OF_OFFICE, ...OF_UNIT, 'lead_place'] as const
const OUTCOMES = `'matched', 'accepted', 'omitted', 'out_of_scope', 'duplicate', 'false_lead'`

const TABLES = [
  `create table lead_step (
    lead_code ${CODE} not null,
    position integer not null check (position >= 0),
    unit_code ${UNIT},
    kind text not null check (kind in ('inquired', 'reopened', ${OUTCOMES})),
    ${BY},
    note text check (note <> ''),
    about_code ${CODE},
    event_code ${CODE},
    timing text check (timing in ('on_time', 'late')),
    candidates text,
    inquiry_id uuid,
    of_lead ${CODE},
    misreport_id uuid,
    primary key (lead_code, position),
    check ((kind = 'matched') = (event_code is not null)),
    check ((kind = 'matched') = (timing is not null)),
    check ((kind = 'inquired') = (inquiry_id is not null)),
    check ((kind = 'duplicate') = (of_lead is not null)),
    check (of_lead <> lead_code),
    check ((kind = 'omitted') = (misreport_id is not null)),
    check (note is not null or kind in ('matched', 'inquired', 'duplicate'))
  )`,
  `create index lead_step_of_unit on lead_step (unit_code)`,
  `create table lead_inquiry (
    inquiry_id uuid primary key,
    inquiry_code ${CODE} not null unique,
    unit_code ${UNIT},
    office_code ${UNIT},
    office_name text not null,
    lead_code ${CODE} not null,
    question text not null check (question <> ''),
    place text,
    told_at timestamptz,
    last_day date,
    working_days integer not null check (working_days > 0),
    ${BY}
  )`,
  `create index lead_inquiry_of_unit on lead_inquiry (unit_code, at, inquiry_id)`,
  `create index lead_inquiry_of_lead on lead_inquiry (lead_code)`,
  `create table lead_inquiry_step (
    inquiry_id uuid not null references lead_inquiry on delete cascade,
    position integer not null check (position >= 0),
    unit_code ${UNIT},
    office_code ${UNIT},
    kind text not null check (kind in ('received', 'explained', 'closed')),
    ${BY},
    note text check (note <> ''),
    event_code ${CODE},
    files text[] not null,
    outcome text check (outcome in (${OUTCOMES})),
    primary key (inquiry_id, position),
    check ((kind = 'closed') = (outcome is not null)),
    check (kind = 'explained' or (event_code is null and files = '{}')),
    check (kind <> 'explained' or note is not null)
  )`,
  `create index lead_inquiry_step_of_unit on lead_inquiry_step (unit_code)`,
  `create table lead_origin (
    lead_code ${CODE} primary key,
    unit_code ${UNIT},
    channel text not null check (channel in ('typed', 'pasted', 'feed', 'informant')),
    guid text,
    link text,
    title text,
    message_id uuid,
    ${BY},
    check ((channel = 'informant') = (message_id is not null))
  )`,
  `create unique index lead_origin_of_guid on lead_origin (unit_code, guid)`,
  `create unique index lead_origin_of_link on lead_origin (unit_code, link)`,
  `create unique index lead_origin_of_message on lead_origin (message_id)`,
  `create table lead_place (
    place_id uuid not null,
    version integer not null check (version > 0),
    unit_code ${UNIT},
    name text not null check (name <> ''),
    aliases text[] not null,
    is_withdrawn boolean not null,
    ${BY},
    primary key (place_id, version)
  )`,
  `create index lead_place_of_unit on lead_place (unit_code)`,
  `create table informant_step (
    informant_id uuid not null,
    position integer not null check (position >= 0),
    unit_code ${UNIT},
    kind text not null check (kind in ('registered', 'changed', 'linked', 'revoked', 'withdrawn')),
    ${BY},
    name text,
    village text,
    area_code ${CODE},
    phone text,
    token_hash bytea unique check (octet_length(token_hash) = 32),
    expires_at timestamptz,
    primary key (informant_id, position),
    check ((kind in ('registered', 'changed')) = (name is not null and village is not null)),
    check ((kind = 'linked') = (token_hash is not null and expires_at is not null))
  )`,
  `create index informant_step_of_unit on informant_step (unit_code)`,
  `create table informant_message (
    message_id uuid primary key,
    receipt_code ${CODE} not null unique,
    informant_id uuid not null,
    unit_code ${UNIT},
    at timestamptz not null,
    what text not null check (what <> ''),
    place text,
    occurred_at timestamptz,
    deaths integer check (deaths >= 0),
    injuries integer check (injuries >= 0),
    photo bytea check (octet_length(photo) between 1 and 1000000),
    photo_sha256 text
  )`,
  `alter table informant_message alter column photo set storage external`,
  `create index informant_message_of_unit on informant_message (unit_code, at)`,
  `create index informant_message_of_informant on informant_message (informant_id, at)`,
  `create table risk_mark (
    unit_code ${UNIT},
    marked_code ${CODE} not null,
    quarter text not null,
    position integer not null check (position >= 0),
    is_withdrawn boolean not null,
    ${BY},
    note text check (note <> ''),
    expected double precision,
    events integer,
    tail double precision,
    primary key (unit_code, marked_code, quarter, position)
  )`,
]

const GUARDS = [
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_case()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
  ]),
  // The order of a lead, whoever writes: nothing goes on against a unit that was neither heard nor had its days.
  `create function check_lead_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      taken integer := (select count(*) from lead_step s where s.lead_code = new.lead_code);
      last lead_step := (select s from lead_step s where s.lead_code = new.lead_code order by s.position desc limit 1);
      before text := coalesce(last.kind, '');
      own lead_inquiry := (select i from lead_inquiry i where i.inquiry_id = last.inquiry_id);
      is_heard boolean := exists (select from lead_inquiry_step s where s.inquiry_id = last.inquiry_id and s.kind = 'explained');
      is_over boolean := own.last_day < (new.at at time zone interval '8 hours')::date;
      follows boolean;
    begin
      if new.position <> taken or not exists (
          select from lead l where l.lead_code = new.lead_code and l.replaced_at is null)
        or (last is not null and last.unit_code <> new.unit_code) then
        raise exception 'this is not the next step of the lead' ${REFUSED};
      end if;
      follows := case new.kind
        when 'inquired' then before in ('', 'reopened') and exists (select from lead_inquiry i
          where i.inquiry_id = new.inquiry_id and i.lead_code = new.lead_code and i.office_code = new.unit_code)
        when 'accepted' then before = 'inquired' and is_heard
        when 'omitted' then before = 'inquired' and (is_heard or coalesce(is_over, false)) and exists (
          select from misreport_case c where c.case_id = new.misreport_id and c.office_code = new.unit_code)
        when 'reopened' then before not in ('', 'reopened', 'inquired', 'omitted')
        else before in ('', 'reopened', 'inquired')
      end;
      if not coalesce(follows, false) then
        raise exception 'this is not the next step of the lead' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger lead_step_is_next before insert on lead_step for each row execute function check_lead_step()`,
  `create function asks_by_token() returns boolean language sql stable ${DEFINER} as $$
    select current_setting('zhidu.scope') like 'token:%' $$`,
  `create function next_inquiry_code(year integer) returns text language plpgsql ${DEFINER} as $$
    declare
      head text := 'HC-' || year || '-';
      last integer;
    begin
      perform pg_advisory_xact_lock(hashtextextended('lead_inquiry', 0));
      select coalesce(max(substr(i.inquiry_code, length(head) + 1)::integer), 0) into last
        from lead_inquiry i where i.inquiry_code ~ ('^' || head || '[0-9]+$');
      return head || lpad((last + 1)::text, greatest(4, length((last + 1)::text)), '0');
    end $$`,
  // The next number of a day, XS-2026-0817-01; those of other offices count.
  `create function next_lead_number(head text) returns integer language sql stable ${DEFINER} as $$
    select coalesce(max(substr(l.lead_code, length(head) + 1)::integer), 0) + 1 from lead l
      where l.lead_code like head || '%' and substr(l.lead_code, length(head) + 1) ~ '^[0-9]{1,7}$'
  $$`,
  `create function check_inquiry_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      own lead_inquiry := (select i from lead_inquiry i where i.inquiry_id = new.inquiry_id);
      taken integer := (select count(*) from lead_inquiry_step s where s.inquiry_id = new.inquiry_id);
      is_closed boolean := exists (select from lead_inquiry_step s where s.inquiry_id = new.inquiry_id and s.kind = 'closed');
    begin
      if own is null or own.unit_code <> new.unit_code or own.office_code <> new.office_code or new.position <> taken
        or (is_closed and new.kind <> 'received') or exists (
          select from lead_inquiry_step s where s.inquiry_id = new.inquiry_id and s.kind = new.kind) then
        raise exception 'this is not the next step of the inquiry' ${REFUSED};
      end if;
      if exists (select from unnest(new.files) as hash where not exists (
          select from case_file f where f.case_id = new.inquiry_id and f.sha256 = hash and f.bytes = (select
            sum(octet_length(p.content)) from case_file_part p where p.case_id = f.case_id and p.sha256 = hash))) then
        raise exception 'a file of the step is not there' ${REFUSED};
      end if;
      return new;
    end $$`,
  `create trigger inquiry_step_is_next before insert on lead_inquiry_step for each row execute function check_inquiry_step()`,
  // Whose link it is, for who has nothing but the link. One row, or none for a link that is none.
  `create function find_informant_link(hash bytea) returns table (informant_id uuid, unit_code text, expires_at timestamptz,
      is_usable boolean, sent_since_hour bigint) language sql stable ${DEFINER} as $$
    select s.informant_id, s.unit_code, s.expires_at,
      not exists (select from informant_step t where t.informant_id = s.informant_id and t.position > s.position
        and t.kind in ('linked', 'revoked', 'withdrawn')),
      (select count(*) from informant_message m where m.informant_id = s.informant_id and m.at > now() - interval '1 hour')
    from informant_step s where s.token_hash = hash
  $$`,
  `create function add_informant_message(hash bytea, id uuid, receipt text, sent_at timestamptz, what text, place text,
      occurred_at timestamptz, deaths integer, injuries integer, photo bytea, photo_sha256 text)
      returns boolean language plpgsql ${DEFINER} as $$
    declare
      own record;
    begin
      select * into own from find_informant_link(hash) l where l.is_usable and l.expires_at > sent_at;
      if own is null then return false; end if;
      insert into informant_message values (id, receipt, own.informant_id, own.unit_code, sent_at, what, place, occurred_at,
        deaths, injuries, photo, photo_sha256)
        on conflict (message_id) do nothing;
      -- The same sent again is one; another's number is nobody's.
      return exists (select from informant_message m where m.message_id = id and m.informant_id = own.informant_id);
    end $$`,
]
const DEFINERS = [
  'asks_by_token()',
  'check_lead_step()',
  'next_inquiry_code(integer)',
  'next_lead_number(text)',
  'check_inquiry_step()',
  'find_informant_link(bytea)',
  'add_informant_message(bytea, uuid, text, timestamptz, text, text, timestamptz, integer, integer, bytea, text)',
] as const
const ASKED = DEFINERS.filter((name) => !name.startsWith('check_'))

const OFFICE = `(office_code = (select scope_unit()) and unit_code = any (array(select units_below())))`
const OWN = `(unit_code = (select scope_unit()) and unit_code = any (array(select my_units())))`
const REACH = `((select sees_all()) or unit_code = any (array(select my_units())))`
const ADDED: Readonly<Record<(typeof NAMES)[number], string>> = {
  lead_step: OWN,
  lead_origin: OWN,
  informant_step: OWN,
  informant_message: 'false',
  risk_mark: OWN,
  lead_inquiry: OFFICE,
  lead_inquiry_step: `((kind = 'closed' and ${OFFICE}) or (kind <> 'closed' and ${OWN}))`,
  lead_place: REACH,
}

/**
 * A lead is read by who brought it and those above: a unit is asked about what was seen, and never told by whom. A token that was given
 * this kind reads those of its subtree, as the contract says of tokens.
 */
const BROUGHT = `((select sees_all()) or (unit_code = any (array(select my_units())) and (
  (select asks_by_token()) or exists (
    select from import_file i where i.import_id = lead.import_id and i.unit_code = any (array(select my_units()))))))`

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `create policy read_${table} on ${table} for select to ${APP} using ${REACH}`,
    `create policy add_${table} on ${table} for insert to ${APP} with check (${ADDED[table]})`,
    `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
    `grant select on ${table} to ${REPORT}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  `revoke insert on informant_message from ${APP}`,
  `alter policy read_lead on lead using ${BROUGHT}`,
  ...DEFINERS.map((name) => `revoke all on function ${name} from public`),
  ...ASKED.map((name) => `grant execute on function ${name} to ${APP}`),
]

const owned = (table: string, id: string): string => `exists (select from ${table} o where o.${id} = new.case_id
  and o.unit_code = new.unit_code and o.office_code = new.office_code)`
const OWNERS = [
  owned('supervision_case', 'case_id'),
  owned('appeal', 'appeal_id'),
  owned('meeting_decision', 'decision_id'),
]

/** The unit brings files to each of what `owners` says, the office to those it opened on a suspicion. */
function checkFile(owners: readonly string[]): string {
  return `create or replace function check_case_file() returns trigger language plpgsql ${DEFINER} as $$
    begin
      new.brought_by := coalesce(new.brought_by, new.unit_code);
      if exists (select from misreport_case c where c.case_id = new.case_id and c.unit_code = new.unit_code
            and c.office_code = new.office_code and new.brought_by in (new.unit_code, new.office_code)) then
        return new;
      end if;
      if new.brought_by <> new.unit_code or not (${owners.join(' or ')}) then
        raise exception 'a file is of a case, an appeal, a decision or an inquiry' ${REFUSED};
      end if;
      return new;
    end $$`
}

/** What becomes of a lead, how it came, whom the office asks, and who tells it of what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const files = checkFile([...OWNERS, owned('lead_inquiry', 'inquiry_id')])
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE, files]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const back = [
    // Their parts go first: what is handed in is otherwise kept.
    `alter table case_file_part disable trigger user`,
    `alter table case_file disable trigger user`,
    `delete from case_file f using lead_inquiry i where i.inquiry_id = f.case_id`,
    `alter table case_file_part enable trigger user`,
    `alter table case_file enable trigger user`,
    checkFile(OWNERS),
    `alter policy read_lead on lead using ${REACH}`,
    ...['lead_inquiry_step', ...NAMES.filter((name) => name !== 'lead_inquiry_step')].map(
      (name) => `drop table ${name}`,
    ),
    ...DEFINERS.map((name) => `drop function ${name}`),
  ]
  for (const statement of back) await sql.raw(statement).execute(db)
}
