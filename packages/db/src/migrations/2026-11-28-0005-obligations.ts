import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'

const TABLES = [
  // The unit first in every key, so that the table can be cut by units.
  // Derived from facts, it goes with the unit where an invented one is taken away.
  `create table obligation (
    unit_code text collate "C" not null references unit on delete cascade,
    quarter text collate "C" not null,
    kind text collate "C" not null check (kind in ('phone', 'written', 'final', 'filing')),
    ref text collate "C" not null,
    level text check (level in ('I', 'II', 'III', 'IV')),
    arises_at timestamptz not null,
    due_at timestamptz not null,
    regulation_id text not null,
    regulation_version text not null,
    clause text not null,
    cause text not null check (cause in ('arose', 'corrected', 'rules', 'calendar', 'unit')),
    recorded_at timestamptz not null,
    replaced_at timestamptz,
    replaced_cause text check (replaced_cause in ('corrected', 'rules', 'calendar', 'unit')),
    turns_at timestamptz[] not null,
    turns_to text[] not null,
    pre_reported_at timestamptz,
    reopened_at timestamptz,
    check ((replaced_at is null) = (replaced_cause is null)),
    check ((kind = 'filing') = (level is null)),
    check (cardinality(turns_at) = cardinality(turns_to) and cardinality(turns_at) > 0)
  )`,
  `create unique index obligation_current on obligation (unit_code, quarter, kind, ref) where replaced_at is null`,
  `create index obligation_past on obligation (unit_code, ref, kind) where replaced_at is not null`,
  `create index obligation_due on obligation (quarter, due_at, unit_code, kind, ref) where replaced_at is null`,
  // What was owed stays as it was written; only its end, and how the facts have it stand, may follow.
  `create function keep_obligation() returns trigger language plpgsql as $$
    begin
      if old.replaced_at is not null
        or row(new.unit_code, new.quarter, new.kind, new.ref, new.level, new.arises_at, new.due_at, new.regulation_id,
          new.regulation_version, new.clause, new.cause, new.recorded_at) is distinct from
          row(old.unit_code, old.quarter, old.kind, old.ref, old.level, old.arises_at, old.due_at, old.regulation_id,
          old.regulation_version, old.clause, old.cause, old.recorded_at) then
        raise exception 'what was owed stays as it was written' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`,
  `create trigger obligation_stays before update on obligation for each row execute function keep_obligation()`,
  // By which rules and which calendar the obligations of a quarter were written.
  `create table obligation_basis (
    quarter text collate "C" primary key,
    regulation_id text not null,
    regulation_version text not null,
    calendar text not null,
    written_at timestamptz not null
  )`,
  // Facts that were there before are brought in line by the program: no rules bear an empty name.
  `insert into obligation_basis (quarter, regulation_id, regulation_version, calendar, written_at)
    select distinct quarter, '', '', '', now() from unit_quarter`,
]

const OWN = `((select sees_all()) or unit_code = any (array(select my_units())))`

const SCOPE = [
  `alter table obligation enable row level security`,
  `alter table obligation force row level security`,
  `create policy owner_obligation on obligation to current_user using (true) with check (true)`,
  `create policy report_obligation on obligation for select to ${REPORT} using (true)`,
  `create policy read_obligation on obligation for select to ${APP} using ${OWN}`,
  `create policy add_obligation on obligation for insert to ${APP} with check (${OWN})`,
  `create policy change_obligation on obligation for update to ${APP} using (${OWN}) with check (${OWN})`,
  `grant select on obligation, obligation_basis to ${REPORT}`,
  `grant select, insert on obligation, obligation_basis to ${APP}`,
  // Derived, like the rollups: who changes rules or holidays at the top writes the quarter anew.
  `grant update on obligation_basis to ${APP}`,
  `grant update (replaced_at, replaced_cause, turns_at, turns_to, pre_reported_at, reopened_at) on obligation to ${APP}`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...SCOPE]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table obligation_basis`.execute(db)
  await sql`drop table obligation`.execute(db)
  await sql`drop function keep_obligation()`.execute(db)
}
