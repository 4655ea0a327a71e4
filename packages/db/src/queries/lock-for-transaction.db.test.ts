import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { withTransaction } from '../transaction/with-transaction.ts'
import { lockForTransaction } from './lock-for-transaction.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('one transaction at a time between the lock and its end, also when it fails', async () => {
  const inside: string[] = []
  const work = (name: string, fails: boolean) =>
    withTransaction(database.db, async (trx) => {
      await lockForTransaction(trx, 'facts')
      inside.push(`${name} in`)
      await sql`select pg_sleep(0.03)`.execute(trx)
      inside.push(`${name} out`)
      if (fails) throw new RangeError(name)
    }).catch(() => undefined)
  await Promise.all([work('a', true), work('b', false), work('c', true)])
  const names = inside.filter((_, index) => index % 2 === 0).map((step) => step.slice(0, 1))
  expect(inside).toEqual(names.flatMap((name) => [`${name} in`, `${name} out`]))
  expect(names.toSorted()).toEqual(['a', 'b', 'c'])
})
