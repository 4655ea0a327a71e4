import { type Kysely, sql } from 'kysely'

const HEAD = `create or replace function enter_scope(scope text, day date, own text,
    out tops text[], out reach text[], out below text[], out rules text, out units text)
  language plpgsql as $$
  begin
    perform set_config('zhidu.scope', scope, true), set_config('zhidu.on_date', day::text, true);
    select
      (select array_agg(distinct unit_code) from unit_period where replaced_at is null and parent_code is null),
      concat_ws('/', (select concat(count(*), '.', max(xmin::text::bigint)) from regulation),
        (select concat(count(*), '.', max(xmin::text::bigint)) from holiday),`

const TAIL = `(select concat(count(*), '.', max(xmin::text::bigint)) from setting)),
      array_agg(descendant_code) filter (where valid_from <= day and day < valid_to),
      array_agg(descendant_code) filter (where valid_from <= day and day < valid_to and depth = 1),
      concat(count(*), '.', max(xmin::text::bigint))
    into tops, rules, reach, below, units from unit_closure where ancestor_code = own;
  end $$`

/** Which quarters are frozen is part of the state by which rules are remembered: no list has to ask for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`${HEAD} (select concat(count(*), '.', max(xmin::text::bigint)) from frozen_quarter), ${TAIL}`)
    .execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`${HEAD} ${TAIL}`).execute(db)
}
