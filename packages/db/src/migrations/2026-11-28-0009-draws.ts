import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const NAMES = ['draw_plan', 'draw', 'draw_step', 'draw_notice'] as const

const TABLES = [
  // Goes with its units, so that clearing a demonstration needs not know of it.
  `create table draw_plan (
    plan_id uuid not null,
    version integer not null check (version > 0),
    unit_code text collate "C" not null references unit on delete cascade,
    document text not null,
    written_at timestamptz not null,
    written_by text not null,
    written_by_id uuid not null,
    approved_at timestamptz,
    approved_by text,
    approved_by_id uuid,
    primary key (plan_id, version),
    check ((approved_at is null) = (approved_by is null) and (approved_at is null) = (approved_by_id is null)),
    check (approved_by_id <> written_by_id)
  )`,
  `create index draw_plan_of_unit on draw_plan (unit_code)`,
  `create table draw (
    draw_id uuid primary key,
    unit_code text collate "C" not null references unit on delete cascade,
    plan_id uuid not null,
    plan_version integer not null,
    quarter text collate "C" not null check (quarter ~ '^[1-9][0-9]{3}Q[1-4]$'),
    is_last_of_quarter boolean not null,
    seed jsonb not null,
    declared_at timestamptz not null,
    declared_by text not null,
    declared_by_id uuid not null,
    foreign key (plan_id, plan_version) references draw_plan (plan_id, version) on delete cascade
  )`,
  `create index draw_of_unit on draw (unit_code, declared_at)`,
  `create table draw_step (
    draw_id uuid not null references draw on delete cascade,
    seq integer not null check (seq > 0),
    unit_code text collate "C" not null references unit on delete cascade,
    kind text not null check (kind in ('committed', 'frozen', 'revealed', 'drawn', 'substituted', 'voided', 'disclosed')),
    content text not null check (content <> ''),
    content_hash text not null check (content_hash = 'sha256:' || encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    at timestamptz not null,
    by_name text not null,
    by_id uuid not null,
    primary key (draw_id, seq)
  )`,
  `create unique index draw_step_once on draw_step (draw_id, kind)
    where kind in ('frozen', 'drawn', 'voided', 'disclosed')`,
  `create unique index draw_step_of_officer on draw_step (draw_id, kind, by_id) where kind in ('committed', 'revealed')`,
  `create index draw_step_of_unit on draw_step (unit_code)`,
  // What a unit of a pool is told: one row a unit, so that each reads its own and nothing else of the draw.
  `create table draw_notice (
    draw_id uuid not null references draw on delete cascade,
    unit_code text collate "C" not null references unit on delete cascade,
    kind text not null check (kind in ('frozen', 'voided', 'disclosed')),
    office_name text not null,
    title text not null,
    quarter text collate "C" not null,
    content text not null check (content <> ''),
    at timestamptz not null,
    primary key (draw_id, unit_code, kind)
  )`,
  `create index draw_notice_of_unit on draw_notice (unit_code)`,
]

const GUARDS = [
  // A version of a plan is approved once; nothing else of it ever changes.
  `create function keep_draw_plan() returns trigger language plpgsql as $$
    declare
      same record := old;
    begin
      if old.approved_at is null and new.approved_at is not null then
        same.approved_at := new.approved_at;
        same.approved_by := new.approved_by;
        same.approved_by_id := new.approved_by_id;
        if same is not distinct from new then return new; end if;
      end if;
      raise exception 'a plan is never changed, only followed by its next version' using errcode = 'insufficient_privilege';
    end $$`,
  `create trigger draw_plan_stays before update on draw_plan for each row execute function keep_draw_plan()`,
  `create function keep_draw() returns trigger language plpgsql as $$
    begin
      raise exception 'what happened in a draw stays as it was' using errcode = 'insufficient_privilege';
    end $$`,
  ...['draw', 'draw_step', 'draw_notice'].map(
    (table) => `create trigger ${table}_stays before update on ${table} for each row execute function keep_draw()`,
  ),
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  ]),
  `create function check_draw() returns trigger language plpgsql ${DEFINER} as $$
    begin
      if not exists (select from draw_plan p where p.plan_id = new.plan_id and p.version = new.plan_version
          and p.unit_code = new.unit_code and p.approved_at is not null) then
        raise exception 'a draw goes by an approved plan of its office' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`,
  `create trigger draw_is_planned before insert on draw for each row execute function check_draw()`,
  // The order of a draw, whoever writes: nothing after its end, nobody freezes what he declared, no secret without its commitment.
  `create function check_draw_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      own draw;
      done text[];
      last integer;
      wanted text := case new.kind when 'revealed' then 'frozen' when 'drawn' then 'frozen' when 'substituted' then 'drawn'
        when 'disclosed' then 'drawn' end;
    begin
      select * into own from draw d where d.draw_id = new.draw_id;
      select array_agg(kind), max(seq) into done, last from draw_step s where s.draw_id = new.draw_id;
      done := coalesce(done, '{}');
      if own.unit_code is distinct from new.unit_code or new.seq <> coalesce(last, 0) + 1
        or done && array['voided', 'disclosed']
        or (wanted is not null and not wanted = any (done))
        or (new.kind = 'committed' and 'frozen' = any (done))
        or (new.kind = 'revealed' and 'drawn' = any (done))
        or (new.kind = 'frozen' and own.declared_by_id = new.by_id)
        or (own.seed ->> 'kind' = 'officers' and (
          (new.kind = 'frozen' and 2 <> cardinality(array_positions(done, 'committed')))
          or (new.kind = 'drawn' and 2 <> cardinality(array_positions(done, 'revealed')))))
        or (own.seed ->> 'kind' <> 'officers' and new.kind in ('committed', 'revealed'))
        or (new.kind = 'revealed' and not exists (select from draw_step s
          where s.draw_id = new.draw_id and s.kind = 'committed' and s.by_id = new.by_id)) then
        raise exception 'this is not what comes next in the draw' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`,
  `create trigger draw_step_is_next before insert on draw_step for each row execute function check_draw_step()`,
  ...['check_draw()', 'check_draw_step()'].map((name) => `revoke all on function ${name} from public`),
]

const OWN = `((select sees_all()) or unit_code = any (array(select my_units())))`
const OFFICE = `(unit_code = (select scope_unit()))`
const BELOW = `(unit_code = any (array(select units_below())))`

const SCOPE = [
  ...NAMES.flatMap((table) => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
    `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
    `create policy read_${table} on ${table} for select to ${APP} using ${OWN}`,
    `create policy add_${table} on ${table} for insert to ${APP} with check ${table === 'draw_notice' ? BELOW : OFFICE}`,
    `create policy change_${table} on ${table} for update to ${APP} ${
      table === 'draw_plan' ? `using ${OFFICE} with check ${OFFICE}` : 'using (false) with check (false)'
    }`,
    `grant select on ${table} to ${REPORT}`,
    `grant select, insert on ${table} to ${APP}`,
  ]),
  `grant update (approved_at, approved_by, approved_by_id) on draw_plan to ${APP}`,
]

/** Plans and draws of an office about the units one level below it; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of NAMES.toReversed()) await sql.raw(`drop table ${table}`).execute(db)
  for (const name of ['check_draw_step()', 'check_draw()', 'keep_draw()', 'keep_draw_plan()']) {
    await sql.raw(`drop function ${name}`).execute(db)
  }
}
