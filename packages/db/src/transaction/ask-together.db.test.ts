import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { asReadonly, type Db } from '../db.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { askTogether } from './ask-together.ts'
import { clientOf, withTransaction } from './with-transaction.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  for (const key of ['a', 'b'])
    await database.db
      .insertInto('setting')
      .values({ key, value: JSON.stringify(key) })
      .execute()
})
afterAll(() => database.close())

function find(db: Db, key: string) {
  return asReadonly(db).selectFrom('setting').select('value').where('key', '=', key)
}

/** A statement that fails while it runs. */
function failing(db: Db, text: string) {
  return asReadonly(db)
    .selectFrom('setting')
    .select(sql<number>`${text}::text::integer`.as('number'))
    .where('key', '=', 'a')
}

test('answers in the order of the questions, on one way in a transaction and one by one outside of it', async () => {
  const ask = async (db: Db) => {
    const [b, none, a, together] = await askTogether(asReadonly(db), [
      find(db, 'b'),
      find(db, 'c'),
      find(db, 'a'),
      asReadonly(db)
        .selectFrom(sql<{ pid: number }>`(select pg_backend_pid() as pid)`.as('me'))
        .selectAll(),
    ])
    expect([b, none, a]).toEqual([[{ value: 'b' }], [], [{ value: 'a' }]])
    return together[0]?.pid
  }
  await ask(database.db)
  await withTransaction(database.db, async (trx) => {
    const pid = await ask(trx)
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
    expect(rows).toEqual([{ pid }])
  })
})

test('all go in one write, also beside other questions of the same transaction', async () => {
  await withTransaction(database.db, async (trx) => {
    const { stream } = clientOf(trx).connection
    const writes = vi.spyOn(stream, '_writev')
    await askTogether(asReadonly(trx), [find(trx, 'a'), find(trx, 'b'), find(trx, 'c')])
    expect(writes).toHaveBeenCalledTimes(1)
    writes.mockRestore()
    const groups = [['a', 'b'], ['b'], ['c', 'a', 'b']].map((keys) =>
      askTogether(
        asReadonly(trx),
        keys.map((key) => find(trx, key)),
      ),
    )
    const alone = find(trx, 'a').execute()
    expect((await Promise.all(groups)).map((answers) => answers.map((rows) => rows.length))).toEqual([
      [1, 1],
      [1],
      [0, 1, 1],
    ])
    expect(await alone).toEqual([{ value: 'a' }])
    expect(await find(trx, 'b').execute()).toEqual([{ value: 'b' }])
  })
})

test('the first failure is thrown, and the connection serves the next transaction', async () => {
  const asked = withTransaction(database.db, (trx) =>
    askTogether(asReadonly(trx), [find(trx, 'a'), failing(trx, 'first'), failing(trx, 'second'), find(trx, 'b')]),
  )
  await expect(asked).rejects.toThrow('first')
  for (let turn = 0; turn < 12; turn += 1) {
    const [[row]] = await withTransaction(database.db, (trx) => askTogether(asReadonly(trx), [find(trx, 'a')]))
    expect(row).toEqual({ value: 'a' })
  }
})

test('a connection that is lost fails all of them', async () => {
  const asked = withTransaction(database.db, async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
    const slow = asReadonly(trx)
      .selectFrom(sql<{ slept: string }>`(select pg_sleep(30)::text as slept)`.as('one'))
      .selectAll()
    const answers = askTogether(asReadonly(trx), [slow, find(trx, 'a')])
    await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    return await answers
  })
  await expect(asked).rejects.toThrow()
  expect(await find(database.db, 'a').execute()).toEqual([{ value: 'a' }])
})
