import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** A table as its rows are copied. */
export interface StoredTable {
  readonly name: string
  /** Without those that are computed from others, in the table's order. */
  readonly columns: readonly string[]
  /** Of the primary key; all columns where there is none. */
  readonly orderedBy: readonly string[]
  /** The same as SQL; text by code point, so that every server sorts alike. */
  readonly orderSql: string
  /** True when row-level security might hide rows from this connection. */
  readonly isFiltered: boolean
}

/** Every table of the schema `public` but the migrator's own, by name. */
export async function listStoredTables(trx: Db): Promise<readonly StoredTable[]> {
  const { rows } = await sql<StoredTable>`
    with stored as (
      select c.oid, c.relname::text as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname not in ('kysely_migration', 'kysely_migration_lock')
    ), key as (
      select i.indrelid, k.attnum, k.position
      from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k (attnum, position)
      where i.indisprimary
    ), sort as (
      select s.oid, a.attname::text as column, coalesce(k.position, a.attnum) as position,
        case when k.attnum is null then format('%I::text collate "C"', a.attname)
          when a.attcollation <> 0 then format('%I collate "C"', a.attname)
          else format('%I', a.attname) end as expression
      from stored s
        join pg_attribute a on a.attrelid = s.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        left join key k on k.indrelid = s.oid and k.attnum = a.attnum
      where k.attnum is not null or not exists (select from key where key.indrelid = s.oid)
    )
    select s.name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = s.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as "columns",
      (select array_agg(sort.column order by sort.position) from sort where sort.oid = s.oid) as "orderedBy",
      (select string_agg(sort.expression, ', ' order by sort.position) from sort where sort.oid = s.oid) as "orderSql",
      row_security_active(s.oid) and (
        exists (select from pg_policy p where p.polrelid = s.oid and not p.polpermissive)
        or not exists (
          select from pg_policy p where p.polrelid = s.oid and p.polpermissive and p.polcmd in ('*', 'r')
            and pg_get_expr(p.polqual, p.polrelid) = 'true'
            and (0 = any (p.polroles)
              or exists (select from unnest(p.polroles) role where role <> 0 and pg_has_role(role, 'usage')))
        )
      ) as "isFiltered"
    from stored s where exists (select from sort where sort.oid = s.oid)
    order by s.name collate "C"`.execute(trx)
  return rows
}

/** Names of the tables that hold at least one row, in the order given. */
export async function listFilledTables(trx: Db, tables: readonly StoredTable[]): Promise<readonly string[]> {
  const filled: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from ${sql.table(`public.${name}`)}) as found`.execute(trx)
    if (rows[0]?.found === true) filled.push(name)
  }
  return filled
}

/** Waits for those who change these tables, and keeps their structure, or the tables whole, until the transaction ends. */
export async function lockStoredTables(
  trx: Db,
  tables: readonly StoredTable[],
  mode: 'access share' | 'access exclusive',
): Promise<void> {
  if (tables.length === 0) return
  const names = sql.join(tables.map(({ name }) => sql.id('public', name)))
  await sql`lock table ${names} in ${sql.raw(mode)} mode`.execute(trx)
}
