import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { withTransaction } from '../transaction/with-transaction.ts'
import { copyRows, type CopyValue } from './copy-rows.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await sql`create table "odd Table" (n integer, t text, "T" text[])`.execute(database.db)
})
afterAll(() => database.close())

const TARGET = { table: 'odd Table', columns: ['n', 't', 'T'] }

test('every text comes back as it went in, also tabs, ends of line, backslashes, quotes and NULL', async () => {
  // PostgreSQL keeps no U+0000, and half a surrogate pair is no character.
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', '"', "'", '{', '}', ',', 'N', '.', '值') }),
  )
  const row = fc.tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.option(text), fc.array(text))
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const stored = await withTransaction(database.db, async (trx) => {
        // Rows deleted leave room that later ones may take, and then the order of reading is not that of writing.
        await sql`truncate "odd Table"`.execute(trx)
        expect(await copyRows(trx, TARGET, rows)).toBe(rows.length)
        return await sql<{ n: number; t: string | null; T: string[] }>`select * from "odd Table"`.execute(trx)
      })
      expect(stored.rows.map(({ n, t, T }) => [n, t, T])).toEqual(rows)
    }),
    { numRuns: 60 },
  )
})

test('an error in the middle leaves nothing and keeps the connection usable', async () => {
  await sql`delete from "odd Table"`.execute(database.db)
  async function* broken(): AsyncGenerator<CopyValue[]> {
    for (let n = 0; n < 50_000; n += 1) yield [n, 'x', []]
    throw new RangeError('the file ended')
  }
  await expect(withTransaction(database.db, (trx) => copyRows(trx, TARGET, broken()))).rejects.toThrow('the file ended')
  const refused = withTransaction(database.db, (trx) => copyRows(trx, TARGET, [['no number', null, []]]))
  await expect(refused).rejects.toMatchObject({ code: '22P02' })
  const { rows } = await sql`select count(*) as n from "odd Table"`.execute(database.db)
  expect(rows).toEqual([{ n: 0 }])
})

test('it asks for a handle of withTransaction', async () => {
  await expect(copyRows(database.db, TARGET, [])).rejects.toThrow('not a handle that withTransaction gave')
})
