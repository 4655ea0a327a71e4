import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
/** Space and key of the lock on the end of the audit chain. */
const CHAIN_LOCK = '5916740, 5'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`

const ACCOUNTS = [
  `create table account (
    account_id uuid primary key,
    login_name text collate "C" not null unique check (login_name = lower(login_name)),
    staff_number text collate "C" unique,
    display_name text not null,
    phone text,
    unit_code text collate "C" references unit,
    is_disabled boolean not null default false,
    password_hash text,
    password_changed_at timestamptz,
    must_change_password boolean not null default false,
    initial_until timestamptz,
    is_sso_only boolean not null default false,
    oidc_issuer text,
    oidc_subject text,
    totp_secret bytea,
    totp_confirmed_at timestamptz,
    totp_last_step bigint,
    is_demonstration boolean not null default false,
    created_at timestamptz not null,
    unique (oidc_issuer, oidc_subject),
    check ((oidc_issuer is null) = (oidc_subject is null)),
    check (not (is_sso_only and password_hash is not null))
  )`,
  // An account is of one family; a role must be of the account's family. So nobody is two of the three administrators,
  // nor an administrator who also judges.
  `create table account_family (
    account_id uuid primary key references account on delete cascade,
    family text not null check (family in ('business', 'system_admin', 'security_admin', 'audit_admin')),
    unique (account_id, family)
  )`,
  `create table account_role (
    account_id uuid not null,
    family text not null,
    role text not null check (role in ('leader', 'inspector', 'clerk', 'approver', 'unit_officer',
      'system_admin', 'security_admin', 'audit_admin')),
    granted_at timestamptz not null,
    granted_by text not null,
    primary key (account_id, role),
    foreign key (account_id, family) references account_family (account_id, family) on delete cascade,
    check (family = case when role in ('system_admin', 'security_admin', 'audit_admin') then role else 'business' end)
  )`,
  `create table password_history (
    account_id uuid not null references account on delete cascade,
    set_at timestamptz not null,
    password_hash text not null,
    primary key (account_id, set_at)
  )`,
  `create table session (
    session_id uuid primary key,
    account_id uuid not null references account on delete cascade,
    token_hash bytea not null unique,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    idle_until timestamptz not null,
    absolute_until timestamptz not null,
    address text not null,
    user_agent text not null,
    auth_level text not null check (auth_level in ('password', 'totp', 'sso')),
    view_as_account_id uuid references account on delete cascade,
    ended_at timestamptz,
    end_reason text,
    check ((ended_at is null) = (end_reason is null))
  )`,
  `create index session_of_account on session (account_id, created_at)`,
  // By the hash of the name that was tried, so that a name nobody bears is counted like any other.
  `create table sign_in_guard (
    name_hash bytea primary key,
    failure_count integer not null,
    last_failed_at timestamptz not null,
    locked_until timestamptz
  )`,
  `create table api_token (
    token_id uuid primary key,
    token_hash bytea not null unique,
    name text not null,
    unit_code text collate "C" not null references unit,
    kinds text[] not null,
    may_write boolean not null,
    created_at timestamptz not null,
    created_by text not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  `create table idempotency (
    actor text not null,
    key text not null,
    request_hash bytea not null,
    status integer,
    response text,
    created_at timestamptz not null,
    primary key (actor, key)
  )`,
]

const AUDIT = [
  `create table audit_entry (
    seq bigint primary key check (seq > 0),
    at timestamptz not null,
    actor_kind text not null,
    actor_id text,
    actor_name text,
    unit_code text,
    address text,
    action text not null,
    object text,
    outcome text not null check (outcome in ('done', 'refused')),
    reason text,
    text text not null,
    prev_hash bytea not null,
    hash bytea not null
  )`,
  `create index audit_entry_at on audit_entry (at, seq)`,
  `create index audit_entry_action on audit_entry (action, seq)`,
  `create table audit_checkpoint (
    size bigint primary key check (size >= 0),
    root bytea not null,
    note text not null,
    reason text not null check (reason in ('timed', 'manual', 'backup', 'start')),
    created_at timestamptz not null
  )`,
  `create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit trail is only ever appended to' using errcode = 'insufficient_privilege';
    end $$`,
  `create trigger audit_entry_stays before update or delete or truncate on audit_entry
    for each statement execute function refuse_change()`,
  `create trigger audit_checkpoint_stays before update or delete or truncate on audit_checkpoint
    for each statement execute function refuse_change()`,
  // The text is stored as it was hashed; the columns only help to find it.
  `create function append_audit(entry_text text) returns bigint language plpgsql ${DEFINER} as $$
    declare
      entry jsonb := entry_text::jsonb;
      last_seq bigint;
      last_hash bytea;
    begin
      perform pg_advisory_xact_lock(${CHAIN_LOCK});
      select seq, hash into last_seq, last_hash from audit_entry order by seq desc limit 1;
      last_seq := coalesce(last_seq, 0);
      last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
      insert into audit_entry (seq, at, actor_kind, actor_id, actor_name, unit_code, address, action, object, outcome,
        reason, text, prev_hash, hash)
      values (last_seq + 1, (entry ->> 'at')::timestamptz, entry #>> '{actor,kind}', entry #>> '{actor,id}',
        entry #>> '{actor,name}', entry #>> '{actor,unit}', entry ->> 'from', entry ->> 'action', entry ->> 'object',
        entry ->> 'outcome', entry ->> 'reason', entry_text, last_hash,
        sha256('\\x00'::bytea || last_hash || convert_to(entry_text, 'UTF8')));
      return last_seq + 1;
    end $$`,
]

const TREE = [
  // Who stands above whom, and when. Gaps of a closed unit belong to its row before, so that every unit always has a place.
  `create table unit_closure (
    ancestor_code text collate "C" not null,
    descendant_code text collate "C" not null,
    depth integer not null,
    valid_from date not null,
    valid_to date not null,
    primary key (ancestor_code, descendant_code, valid_from)
  )`,
  `create index unit_closure_up on unit_closure (descendant_code, depth)`,
  `create function rebuild_unit_closure() returns void language sql ${DEFINER} as $$
    delete from unit_closure;
    insert into unit_closure (ancestor_code, descendant_code, depth, valid_from, valid_to)
    with recursive place as (
      select unit_code, parent_code,
        case when row_number() over w = 1 then '-infinity'::date else coalesce(valid_from, '-infinity') end as f,
        coalesce(lead(valid_from) over w, 'infinity'::date) as t
      from unit_period where replaced_at is null
      window w as (partition by unit_code order by valid_from nulls first)
    ), climb as (
      select unit_code as ancestor, unit_code as descendant, 0 as depth, '-infinity'::date as f, 'infinity'::date as t
      from (select distinct unit_code from place) own
      union all
      select p.parent_code, c.descendant, c.depth + 1, greatest(c.f, p.f), least(c.t, p.t)
      from climb c join place p on p.unit_code = c.ancestor and p.f < c.t and c.f < p.t
      where p.parent_code is not null and c.depth < 12
    )
    select distinct on (ancestor, descendant, f) ancestor, descendant, depth, f, t from climb
    order by ancestor, descendant, f, depth
  $$`,
  // Fails on a setting that is missing or empty: neither names an account or a token. In steps, because the planner may
  // evaluate any part of a single statement, and a part that does not apply would fail.
  `create function scope_unit() returns text language plpgsql stable ${DEFINER} as $$
    declare
      scope text := current_setting('zhidu.scope');
      id uuid := split_part(scope, ':', 2)::uuid;
    begin
      if scope like 'token:%' then
        return (select unit_code from api_token where token_id = id and revoked_at is null);
      elsif scope like 'account:%' then
        return (select unit_code from account where account_id = id and not is_disabled);
      end if;
      raise exception 'no scope is set' using errcode = 'insufficient_privilege';
    end $$`,
  // The top of the installation reaches everything, closed units and their past included.
  `create function sees_all() returns boolean language plpgsql stable ${DEFINER} as $$
    declare
      scope text := current_setting('zhidu.scope');
      own text := scope_unit();
    begin
      if own is null then
        return scope like 'account:%' and exists (
          select from account_role r join account a using (account_id)
          where r.role = 'system_admin' and a.account_id = split_part(scope, ':', 2)::uuid and not a.is_disabled);
      end if;
      return coalesce((select array_agg(distinct unit_code) = array[own] from unit_period
        where replaced_at is null and parent_code is null), false);
    end $$`,
  `create function my_units() returns setof text language sql stable ${DEFINER} as $$
    select descendant_code from unit_closure
    where ancestor_code = scope_unit()
      and valid_from <= current_setting('zhidu.on_date')::date and current_setting('zhidu.on_date')::date < valid_to
  $$`,
  `create function units_below() returns setof text language sql stable ${DEFINER} as $$
    select descendant_code from unit_closure
    where ancestor_code = scope_unit() and depth = 1
      and valid_from <= current_setting('zhidu.on_date')::date and current_setting('zhidu.on_date')::date < valid_to
  $$`,
  // The day by whose tree a record is asked about: the last of its quarter. Units may hear of one event in different ones.
  // No row, or NULL = no such record.
  `create function quarter_ends_of_event(code text) returns setof date language sql stable ${DEFINER} as $$
    select distinct (date_trunc('quarter', learned_at at time zone interval '8 hours') + interval '3 months - 1 day')::date
    from event_case where event_code = code
  $$`,
  `create function quarter_end_of_check(code text) returns date language sql stable ${DEFINER} as $$
    select (date_trunc('quarter', checked_at at time zone interval '8 hours') + interval '3 months - 1 day')::date
    from check_record where check_code = code and replaced_at is null
  $$`,
  // A code that is taken by a record the asker may not see.
  `create function code_is_taken(kind text, code text) returns boolean language sql stable ${DEFINER} as $$
    select case kind
      when 'checks' then exists (select from check_record where check_code = code and replaced_at is null)
      when 'misreports' then exists (select from misreport where misreport_code = code and replaced_at is null)
      when 'bonuses' then exists (select from bonus where bonus_code = code and replaced_at is null)
      when 'leads' then exists (select from lead where lead_code = code and replaced_at is null)
      else false end
  $$`,
  // Invented rows are no facts: the only ones that are ever taken away, with the accounts that came with them.
  `create function clear_demonstration() returns void language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from setting where key = 'synthetic') and exists (select from unit) then
        raise exception 'these are no demonstration data' using errcode = 'insufficient_privilege';
      end if;
      delete from api_token;
      delete from account where is_demonstration;
      delete from unit_quarter; delete from event_case; delete from report; delete from check_record;
      delete from misreport; delete from filing; delete from lead; delete from bonus;
      delete from unit_closure; delete from unit_period;
      update account set unit_code = null where unit_code is not null;
      delete from unit; delete from import_file;
      delete from setting where key = 'synthetic';
    end $$`,
]

const IMPORTS = [`alter table import_file add column imported_by text, add column unit_code text collate "C"`]

const OF_UNIT = [
  'report',
  'event_case',
  'filing',
  'bonus',
  'unit_quarter',
  'check_record',
  'misreport',
  'lead',
  'import_file',
]
const JUDGED = new Set(['check_record', 'misreport'])
const VERSIONED = ['unit_period', 'report', 'check_record', 'misreport', 'filing', 'lead', 'bonus']
const OWN = `((select sees_all()) or unit_code = any (array(select my_units())))`
const BELOW = `unit_code = any (array(select units_below()))`
const ALL = `((select sees_all()))`

function protect(table: string): string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `grant select on ${table} to ${REPORT}`,
  ]
}

function policiesOf(table: string): string[] {
  const write = JUDGED.has(table) ? BELOW : OWN
  return [
    ...protect(table),
    `create policy read_${table} on ${table} for select to ${APP} using ${OWN}`,
    `create policy add_${table} on ${table} for insert to ${APP} with check (${write})`,
    `create policy change_${table} on ${table} for update to ${APP} using (${write}) with check (${write})`,
  ]
}

const SCOPE = [
  ...OF_UNIT.flatMap(policiesOf),
  ...['unit', 'unit_period'].flatMap((table) => [
    ...protect(table),
    `create policy read_${table} on ${table} for select to ${APP} using ${OWN}`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${ALL}`,
    `create policy change_${table} on ${table} for update to ${APP} using ${ALL} with check ${ALL}`,
  ]),
  `create index unit_period_top on unit_period (unit_code) where replaced_at is null and parent_code is null`,
  `create index event_case_of_unit_recent on event_case (unit_code, learned_at, event_code)`,
  `create index unit_quarter_of_unit on unit_quarter (unit_code, quarter)`,
]

const GRANTS = [
  `do $$ begin execute format('grant connect, temporary on database %I to ${APP}, ${REPORT}', current_database()); end $$`,
  `grant usage on schema public to ${APP}, ${REPORT}`,
  `grant select, insert on unit, import_file, ${VERSIONED.join(', ')} to ${APP}`,
  ...VERSIONED.map((table) => `grant update (replaced_at, replaced_by) on ${table} to ${APP}`),
  // Derived from the facts, made anew whenever these change.
  `grant select, insert, update on event_case, unit_quarter to ${APP}`,
  `grant select on regulation, holiday, setting to ${APP}, ${REPORT}`,
  `grant select on unit_closure to ${APP}, ${REPORT}`,
  `grant select, insert, update on account, session, api_token to ${APP}`,
  `grant select, insert, delete on account_family, account_role, password_history to ${APP}`,
  `grant select, insert, update, delete on sign_in_guard, idempotency to ${APP}`,
  `grant select on audit_entry, audit_checkpoint to ${APP}`,
  `grant insert on audit_checkpoint to ${APP}`,
  ...[
    'append_audit(text)',
    'rebuild_unit_closure()',
    'scope_unit()',
    'sees_all()',
    'my_units()',
    'units_below()',
    'quarter_ends_of_event(text)',
    'quarter_end_of_check(text)',
    'code_is_taken(text, text)',
    'clear_demonstration()',
  ].flatMap((name) => [`revoke all on function ${name} from public`, `grant execute on function ${name} to ${APP}`]),
  `select rebuild_unit_closure()`,
]

const TABLES = [
  'idempotency',
  'api_token',
  'sign_in_guard',
  'session',
  'password_history',
  'account_role',
  'account_family',
  'account',
  'audit_checkpoint',
  'audit_entry',
  'unit_closure',
]

const FUNCTIONS = [
  'clear_demonstration()',
  'code_is_taken(text, text)',
  'quarter_end_of_check(text)',
  'quarter_ends_of_event(text)',
  'units_below()',
  'my_units()',
  'sees_all()',
  'scope_unit()',
  'rebuild_unit_closure()',
  'append_audit(text)',
]

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, [...ACCOUNTS, ...AUDIT, ...TREE, ...IMPORTS, ...SCOPE, ...GRANTS])
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const scoped = [...OF_UNIT, 'unit', 'unit_period']
  await run(db, [
    `drop index event_case_of_unit_recent, unit_period_top, unit_quarter_of_unit`,
    ...scoped.flatMap((table) => [
      ...['owner', 'report', 'read', 'add', 'change'].map((name) => `drop policy ${name}_${table} on ${table}`),
      `alter table ${table} no force row level security`,
      `alter table ${table} disable row level security`,
    ]),
    ...FUNCTIONS.map((name) => `drop function ${name}`),
    ...TABLES.map((table) => `drop table ${table}`),
    `drop function refuse_change()`,
    `alter table import_file drop column imported_by, drop column unit_code`,
    `revoke all on all tables in schema public from ${APP}, ${REPORT}`,
    `do $$ begin execute format('revoke all on database %I from ${APP}, ${REPORT}', current_database()); end $$`,
    `revoke all on schema public from ${APP}, ${REPORT}`,
  ])
}
