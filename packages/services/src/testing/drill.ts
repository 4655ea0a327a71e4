import { randomBytes } from 'node:crypto'
import { openDatabase, type OpenDatabase } from '@zhidu/db'
import { createTestDatabase } from '@zhidu/db/testing'
import type { ServiceContext } from '../context.ts'

/** A database whose owner is no superuser, as on a server: forced row-level security holds for it too. */
export interface OwnedDatabase {
  readonly url: string
  readonly ctx: ServiceContext
  readonly database: OpenDatabase
  /** Rows of a statement, as the owner. */
  query<T extends Record<string, unknown>>(text: string): Promise<readonly T[]>
  close(): Promise<void>
}

/** Without tables, owned by a role of its own. */
export async function createOwnedDatabase(now: () => number): Promise<OwnedDatabase> {
  const test = await createTestDatabase({ isEmpty: true })
  const role = `drill_${randomBytes(8).toString('hex')}`
  const url = new URL(test.connectionString)
  const name = decodeURIComponent(url.pathname.slice(1))
  await test.pool.query(`create role ${role} login password 'drill'`)
  await test.pool.query(`grant zhidu_app, zhidu_report to ${role}`)
  await test.pool.query(`alter database ${name} owner to ${role}`)
  url.username = role
  url.password = 'drill'
  const database = await openDatabase({ databaseUrl: url.toString() })
  return {
    url: url.toString(),
    database,
    ctx: { db: database.db, report: database.report, clock: now, actor: { kind: 'local', name: 'drill' } },
    query: async <T extends Record<string, unknown>>(text: string) => (await database.pool.query<T>(text)).rows,
    close: async () => {
      await database.close()
      await test.pool.query(`drop owned by ${role} cascade`)
      await test.pool.query(`alter database ${name} owner to current_user`)
      await test.pool.query(`drop role ${role}`)
      await test.close()
    },
  }
}

/** Count and MD5 of every table's rows, told by PostgreSQL itself; of the audit trail the first `entries` rows. */
export async function fingerprint(
  { query }: OwnedDatabase,
  entries: number,
): Promise<Readonly<Record<string, string>>> {
  const tables = await query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not like 'kysely%' order by relname`,
  )
  const found: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await query<{ md5: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ' ' order by t::text collate "C")), '') as md5
      from ${name} t ${name === 'audit_entry' ? `where seq <= ${entries}` : ''}`,
    )
    found[name] = row?.md5 ?? ''
  }
  return found
}

/** Everything about the tables that is no row: columns, constraints, indexes, triggers, policies, rights. */
export async function describeSchema({ query }: OwnedDatabase): Promise<readonly string[]> {
  const rows = await query<{ line: string }>(
    `select format('column %s %s %s %s %s %s', table_name, ordinal_position, column_name, data_type, is_nullable,
      concat_ws(' ', column_default, identity_generation, collation_name)) as line
    from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
    union all select format('constraint %s %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
      from pg_constraint where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'kysely%'
    union all select 'index ' || indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'
    union all select format('trigger %s %s', tgenabled, pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all select format('table %s %s %s %s', oid::regclass, relrowsecurity, relforcerowsecurity, relacl)
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'v') and relname not like 'kysely%'
    union all select format('policy %s', p.*) from pg_policies p where schemaname = 'public'
    union all select format('function %s %s %s', oid::regprocedure, proacl, md5(prosrc))
      from pg_proc where pronamespace = 'public'::regnamespace
    order by line`,
  )
  return rows.map(({ line }) => line)
}
