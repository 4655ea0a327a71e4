import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTransaction } from '../transaction/with-transaction.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { kept } from './kept.ts'
import { StatementNames } from './statement-names.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('a statement marked so is prepared once on each connection; others never are', async () => {
  const found = await withTransaction(database.db, async (trx) => {
    for (const key of ['a', 'b', 'c']) {
      await trx.selectFrom('setting').select('value').where('key', '=', key).$call(kept).execute()
      await sql`select ${key}::text as first /* kept */`.execute(trx)
      await trx.selectFrom('setting').select('key').where('key', '=', key).execute()
    }
    const { rows } = await sql<{ name: string; uses: number }>`
      select name, generic_plans + custom_plans as uses from pg_prepared_statements order by name`.execute(trx)
    return rows
  })
  expect(found).toEqual([
    { name: 'zhidu_0', uses: 3 },
    { name: 'zhidu_1', uses: 3 },
  ])
})

test('a name means one text for ever, and there is an end of them', () => {
  const names = new StatementNames()
  const name = names.nameOf('select 1 /* kept */')
  expect(name).toBe('zhidu_0')
  expect(names.nameOf('select 1')).toBeUndefined()
  for (let n = 1; n < 200; n += 1) expect(names.nameOf(`select ${n} + 1 /* kept */`)).toBe(`zhidu_${n}`)
  expect(names.nameOf("select 'one more' /* kept */")).toBeUndefined()
  expect(names.nameOf('select 1 /* kept */')).toBe(name)
})
