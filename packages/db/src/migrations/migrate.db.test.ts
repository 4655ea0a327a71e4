import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../connection/connect.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { migrateDown, migrateToLatest } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ isEmpty: true })
})
afterAll(() => database.close())

const NAMES = Object.keys(MIGRATIONS)

/** Everything the migrations make, as the catalogue tells it. */
async function describeSchema(): Promise<unknown[]> {
  const { rows } = await sql`
    select table_name || '.' || column_name as name, data_type || coalesce(' ' || collation_name, '') || ' ' || is_nullable as what
      from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
    union all
    select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'
    union all
    select conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid::regclass::text not like 'kysely%'
    order by 1, 2`.execute(database.db)
  return rows
}

test('up, down and up again give the same schema; a second up does nothing', async () => {
  expect(await migrateToLatest(database.db)).toEqual(NAMES)
  const first = await describeSchema()
  expect(first.length).toBeGreaterThan(100)
  expect(await migrateToLatest(database.db)).toEqual([])
  expect(await migrateDown(database.db)).toEqual(NAMES.toReversed())
  expect(await describeSchema()).toEqual([])
  expect(await migrateToLatest(database.db)).toEqual(NAMES)
  expect(await describeSchema()).toEqual(first)
})

test('processes that migrate at the same moment do it once', async () => {
  await migrateDown(database.db)
  const connections = [1, 2, 3].map(() => connect({ connectionString: database.connectionString, max: 2 }))
  const applied = await Promise.all(connections.map(({ db }) => migrateToLatest(db)))
  expect(applied.flat()).toEqual(NAMES)
  await Promise.all(connections.map((connection) => connection.close()))
})

test('a database that a newer program has migrated is refused, and nothing is changed', async () => {
  await sql`insert into kysely_migration values ('2099-01-01-0001-things-to-come', '2099-01-01')`.execute(database.db)
  const before = await describeSchema()
  await expect(migrateToLatest(database.db)).rejects.toMatchObject({
    code: 'database_newer',
    params: { migration: '2099-01-01-0001-things-to-come' },
  })
  expect(await describeSchema()).toEqual(before)
  await sql`delete from kysely_migration where name like '2099%'`.execute(database.db)
})
