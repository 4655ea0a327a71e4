import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { instant, toInstantText } from './instant.ts'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('an instant goes in and comes out exact to the ms, in any zone of the session', async () => {
  const instants = [
    0,
    1,
    -1,
    Date.UTC(2026, 6, 3, 6, 5, 30, 123),
    Date.UTC(1900, 0, 1, 0, 0, 0, 999),
    Date.UTC(9999, 11, 30),
  ]
  for (const zone of ['UTC', 'Asia/Shanghai', 'Asia/Kathmandu', 'America/St_Johns']) {
    await database.db.transaction().execute(async (trx) => {
      await sql`select set_config('timezone', ${zone}, true)`.execute(trx)
      for (const at of instants) {
        const { rows } = await sql<{ at: number }>`select ${instant(at)} as at`.execute(trx)
        expect(rows).toEqual([{ at }])
      }
    })
  }
})

test('a null instant is NULL', async () => {
  const { rows } = await sql<{ at: number | null }>`select ${instant(null)} as at`.execute(database.db)
  expect(rows).toEqual([{ at: null }])
})

test('what is no instant of the years 1–9999 is refused before it reaches the database', () => {
  for (const at of [NaN, Infinity, -Infinity, 253_402_300_800_000, Date.UTC(0, 0, 1) - 1e14]) {
    expect(() => toInstantText(at)).toThrow(RangeError)
  }
})
