import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { withTransaction } from './with-transaction.ts'

let database: TestDatabase
let other: TestDatabase
beforeAll(async () => {
  ;[database, other] = await Promise.all([createTestDatabase(), createTestDatabase()])
})
afterAll(() => Promise.all([database.close(), other.close()]))
beforeEach(() => sql`delete from setting`.execute(database.db))

async function readSettings(): Promise<unknown[]> {
  const { rows } = await sql`select key, value from setting order by key`.execute(database.db)
  return rows
}

function write(db: TestDatabase['db'], key: string) {
  return sql`insert into setting values (${key}, '1')`.execute(db)
}

test('what returns is committed, what throws is not', async () => {
  const { db } = database
  expect(await withTransaction(db, async (trx) => (await write(trx, 'kept'), 'done'))).toBe('done')
  const failing = withTransaction(db, async (trx) => {
    await write(trx, 'lost')
    throw new RangeError('no')
  })
  await expect(failing).rejects.toThrow(RangeError)
  expect(await readSettings()).toEqual([{ key: 'kept', value: 1 }])
})

test('the outer handle throws inside a transaction, also deep in a chain of calls and in a nested one', async () => {
  const { db } = database
  const outer = /outer database handle/
  await withTransaction(db, async (trx) => {
    await write(trx, 'kept')
    await new Promise((resolve) => setTimeout(resolve, 1))
    await expect(write(db, 'stray')).rejects.toThrow(outer)
    await expect(Promise.all([1].map(() => write(db, 'stray')))).rejects.toThrow(outer)
    await expect(withTransaction(db, (nested) => write(nested, 'stray'))).rejects.toThrow(outer)
    await withTransaction(other.db, async () => {
      await expect(write(db, 'stray')).rejects.toThrow(outer)
    })
    await expect(withTransaction(trx, async () => undefined)).rejects.toThrow('transaction inside a transaction')
  })
  await write(db, 'afterwards')
  expect(await readSettings()).toMatchObject([{ key: 'afterwards' }, { key: 'kept' }])
})

test('another database is free inside a transaction, and so is the handle after it', async () => {
  let later: Promise<unknown> | undefined
  await withTransaction(database.db, async () => {
    await write(other.db, 'elsewhere')
    later = new Promise((resolve) => setTimeout(resolve, 50)).then(() => write(database.db, 'later'))
  })
  await later
  expect(await readSettings()).toMatchObject([{ key: 'later' }])
})

test('a serialization failure is tried again until it succeeds', async () => {
  const { db } = database
  await sql`insert into setting values ('n', '0')`.execute(db)
  let runs = 0
  const increment = () =>
    withTransaction(
      db,
      async (trx) => {
        runs += 1
        const { rows } = await sql<{ n: number }>`select value::text::int as n from setting where key = 'n'`.execute(
          trx,
        )
        await new Promise((resolve) => setTimeout(resolve, 20))
        await sql`update setting set value = to_jsonb(${(rows[0]?.n ?? 0) + 1}::int) where key = 'n'`.execute(trx)
      },
      { isolation: 'serializable' },
    )
  await Promise.all([increment(), increment(), increment()])
  expect(await readSettings()).toEqual([{ key: 'n', value: 3 }])
  expect(runs).toBeGreaterThan(3)
})

test('after five failures it is given up, and other errors are not tried again', async () => {
  const counts = { transient: 0, other: 0 }
  const failing = (code: string, key: keyof typeof counts) =>
    withTransaction(database.db, async (trx) => {
      counts[key] += 1
      await sql`do ${sql.raw(`$$ begin raise exception using errcode = '${code}'; end $$`)}`.execute(trx)
    })
  await expect(failing('40P01', 'transient')).rejects.toMatchObject({ code: '40P01' })
  await expect(failing('23505', 'other')).rejects.toMatchObject({ code: '23505' })
  expect(counts).toEqual({ transient: 5, other: 1 })
})

test('a statement over its limit is ended by the server, and the limit ends with its transaction', async () => {
  const slow = withTransaction(database.db, (trx) => sql`select pg_sleep(20)`.execute(trx), {
    statementTimeoutSeconds: 1,
  })
  const startedAt = performance.now()
  await expect(slow).rejects.toMatchObject({ code: '57014' })
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  expect((await sql`show statement_timeout`.execute(database.db)).rows).toEqual([{ statement_timeout: '0' }])
})

test('a read-only transaction refuses to write', async () => {
  const writing = withTransaction(database.db, (trx) => write(trx, 'no'), { isReadOnly: true })
  await expect(writing).rejects.toMatchObject({ code: '25006' })
})
