import { type Kysely, sql } from 'kysely'

/** As it was named when this migration was written. */
const APP = 'zhidu_app'

const UP = [
  // A unit's events, newest first, with all that lists and counts read; it serves the narrower one of before.
  `drop index event_case_of_unit_recent`,
  `drop index event_case_learned`,
  `create index event_case_of_unit_recent on event_case (unit_code, learned_at, event_code) include (level, occurred_at)`,
  // A unit's checks, newest first and by code.
  `drop index check_record_of_unit`,
  `create index check_record_of_unit on check_record (unit_code, checked_at, check_code) where replaced_at is null`,
  `create index check_record_code_of_unit on check_record (unit_code, check_code) where replaced_at is null`,
  // Says who asks and by the tree of which day, for this transaction, and gives what follows from it: with the rights of whoever
  // calls it, so that the policies hold here too. In steps: the settings first.
  `create function enter_scope(scope text, day date, own text,
      out tops text[], out reach text[], out below text[], out rules text, out units text)
    language plpgsql as $$
    begin
      perform set_config('zhidu.scope', scope, true), set_config('zhidu.on_date', day::text, true);
      select
        (select array_agg(distinct unit_code) from unit_period where replaced_at is null and parent_code is null),
        concat_ws('/', (select concat(count(*), '.', max(xmin::text::bigint)) from regulation),
          (select concat(count(*), '.', max(xmin::text::bigint)) from holiday),
          (select concat(count(*), '.', max(xmin::text::bigint)) from setting)),
        array_agg(descendant_code) filter (where valid_from <= day and day < valid_to),
        array_agg(descendant_code) filter (where valid_from <= day and day < valid_to and depth = 1),
        concat(count(*), '.', max(xmin::text::bigint))
      into tops, rules, reach, below, units from unit_closure where ancestor_code = own;
    end $$`,
  `revoke all on function enter_scope(text, date, text) from public`,
  `grant execute on function enter_scope(text, date, text) to ${APP}`,
]

const DOWN = [
  `drop function enter_scope(text, date, text)`,
  `drop index check_record_code_of_unit`,
  `drop index check_record_of_unit`,
  `create index check_record_of_unit on check_record (unit_code, checked_at) where replaced_at is null`,
  `drop index event_case_of_unit_recent`,
  `create index event_case_learned on event_case (unit_code, learned_at)`,
  `create index event_case_of_unit_recent on event_case (unit_code, learned_at, event_code)`,
]

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

export function up(db: Kysely<unknown>): Promise<void> {
  return run(db, UP)
}

export function down(db: Kysely<unknown>): Promise<void> {
  return run(db, DOWN)
}
