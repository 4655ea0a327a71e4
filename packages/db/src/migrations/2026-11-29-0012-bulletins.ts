import { type Kysely, sql } from 'kysely'

/** As they were named when this migration was written. */
const APP = 'zhidu_app'
const REPORT = 'zhidu_report'
const DEFINER = `security definer set search_path = pg_catalog, public, pg_temp`
const NAMES = ['bulletin', 'bulletin_revision', 'bulletin_step'] as const

const TABLES = [
  // Goes with its office, so that clearing a demonstration needs not know of it.
  `create table bulletin (
    bulletin_id uuid primary key,
    unit_code text collate "C" not null references unit on delete cascade,
    quarter text collate "C" not null check (quarter ~ '^[1-9][0-9]{3}Q[1-4]$'),
    kind text not null check (kind in ('bulletin', 'correction')),
    frozen_version integer not null check (frozen_version > 0),
    corrects uuid references bulletin on delete cascade,
    created_at timestamptz not null,
    created_by text not null,
    created_by_id uuid,
    check ((kind = 'correction') = (corrects is not null))
  )`,
  `create unique index bulletin_once on bulletin (unit_code, quarter) where kind = 'bulletin'`,
  `create unique index correction_once on bulletin (corrects, frozen_version) where kind = 'correction'`,
  `create table bulletin_revision (
    bulletin_id uuid not null references bulletin on delete cascade,
    revision integer not null check (revision > 0),
    unit_code text collate "C" not null references unit on delete cascade,
    base_revision integer not null check (base_revision >= 0 and base_revision < revision),
    document text not null check (document <> ''),
    at timestamptz not null,
    by_name text not null,
    by_id uuid,
    primary key (bulletin_id, revision)
  )`,
  `create index bulletin_revision_of_unit on bulletin_revision (unit_code)`,
  `create table bulletin_step (
    bulletin_id uuid not null,
    seq integer not null check (seq > 0),
    unit_code text collate "C" not null references unit on delete cascade,
    kind text not null check (kind in ('submitted', 'returned', 'published')),
    revision integer not null,
    note text check ((note is not null) = (kind = 'returned')),
    at timestamptz not null,
    by_name text not null,
    by_id uuid not null,
    primary key (bulletin_id, seq),
    foreign key (bulletin_id, revision) references bulletin_revision (bulletin_id, revision) on delete cascade
  )`,
  `create unique index bulletin_published_once on bulletin_step (bulletin_id) where kind = 'published'`,
  `create index bulletin_step_of_unit on bulletin_step (unit_code)`,
]

const GUARDS = [
  `create function keep_bulletin() returns trigger language plpgsql as $$
    begin
      raise exception 'what was written of a bulletin stays as it was' using errcode = 'insufficient_privilege';
    end $$`,
  ...NAMES.flatMap((table) => [
    `create trigger ${table}_stays before update on ${table} for each row execute function keep_bulletin()`,
    `create trigger ${table}_is_kept after delete on ${table} referencing old table as gone
      for each statement execute function keep_facts()`,
    `create trigger ${table}_is_whole before truncate on ${table} for each statement execute function keep_facts()`,
  ]),
  // Whoever writes: revisions follow each other, and nothing follows a publication.
  `create function check_bulletin_revision() returns trigger language plpgsql ${DEFINER} as $$
    declare
      last integer;
    begin
      perform 1 from bulletin b where b.bulletin_id = new.bulletin_id and b.unit_code = new.unit_code for update;
      if not found then
        raise exception 'a revision is of a bulletin of its office' using errcode = 'insufficient_privilege';
      end if;
      select max(revision) into last from bulletin_revision r where r.bulletin_id = new.bulletin_id;
      if new.revision <> coalesce(last, 0) + 1
        or exists (select from bulletin_step s where s.bulletin_id = new.bulletin_id and s.kind = 'published') then
        raise exception 'this revision is not the next one' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`,
  `create trigger bulletin_revision_is_next before insert on bulletin_revision
    for each row execute function check_bulletin_revision()`,
  // Only the newest revision, once it was submitted, and by nobody who wrote any of them.
  `create function check_bulletin_step() returns trigger language plpgsql ${DEFINER} as $$
    declare
      newest integer;
      last bulletin_step;
    begin
      perform 1 from bulletin b where b.bulletin_id = new.bulletin_id and b.unit_code = new.unit_code for update;
      if not found then
        raise exception 'a step is of a bulletin of its office' using errcode = 'insufficient_privilege';
      end if;
      select max(revision) into newest from bulletin_revision r where r.bulletin_id = new.bulletin_id;
      select * into last from bulletin_step s where s.bulletin_id = new.bulletin_id order by seq desc limit 1;
      if new.seq <> coalesce(last.seq, 0) + 1 or last.kind = 'published' or new.revision <> newest
        or (new.kind in ('returned', 'published') and (last.kind is distinct from 'submitted' or last.revision <> new.revision))
        or (new.kind = 'published' and exists (select from bulletin_revision r
          where r.bulletin_id = new.bulletin_id and r.by_id = new.by_id)) then
        raise exception 'this is not what comes next of the bulletin' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end $$`,
  `create trigger bulletin_step_is_next before insert on bulletin_step for each row execute function check_bulletin_step()`,
  ...['check_bulletin_revision()', 'check_bulletin_step()'].map((name) => `revoke all on function ${name} from public`),
]

const OWN = `((select sees_all()) or unit_code = any (array(select my_units())))`
const OFFICE = `(unit_code = (select scope_unit()))`

const SCOPE = NAMES.flatMap((table) => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy owner_${table} on ${table} to current_user using (true) with check (true)`,
  `create policy report_${table} on ${table} for select to ${REPORT} using (true)`,
  `create policy read_${table} on ${table} for select to ${APP} using ${OWN}`,
  `create policy add_${table} on ${table} for insert to ${APP} with check ${OFFICE}`,
  `create policy change_${table} on ${table} for update to ${APP} using (false) with check (false)`,
  `grant select on ${table} to ${REPORT}`,
  `grant select, insert on ${table} to ${APP}`,
])

/** What the comparison could read of a frozen quarter before. */
const COMPARED = `'results/units.jsonl', 'regulation.json', 'calendar.json'`

// How sure a place is follows from the facts of all peers, of a frozen quarter as of a running one: the comparison reads every
// unit's facts, and tells of them what it always does.
const COMPARISON = `alter policy report_frozen_part on frozen_part using (true)`

/** An office's bulletins about frozen quarters; all of it is only ever added to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...GUARDS, ...SCOPE, COMPARISON]) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter policy report_frozen_part on frozen_part using (file_name in (${COMPARED}))`).execute(db)
  for (const table of NAMES.toReversed()) await sql.raw(`drop table ${table}`).execute(db)
  for (const name of ['check_bulletin_step()', 'check_bulletin_revision()', 'keep_bulletin()']) {
    await sql.raw(`drop function ${name}`).execute(db)
  }
}
