import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { clearGuard, countTry, uncountTry } from './sign-in-guard.ts'

const LIMITS = { maxFailures: 3, lockMs: 1000 }
const AT = Date.parse('2026-11-24T09:00:00+08:00')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

const countAt = (name: Buffer, now: number) => countTry(database.app, name, now, LIMITS)

test('the last allowed try locks, until the lock ends to the millisecond, and then all are allowed again', async () => {
  const name = randomBytes(32)
  expect([await countAt(name, AT), await countAt(name, AT), await countAt(name, AT + 10)]).toEqual([null, null, null])
  expect([await countAt(name, AT + 10), await countAt(name, AT + 1009)]).toEqual([AT + 1010, AT + 1010])
  const again = [await countAt(name, AT + 1010), await countAt(name, AT + 1010), await countAt(name, AT + 1010)]
  expect([...again, await countAt(name, AT + 1010)]).toEqual([null, null, null, AT + 2010])
  expect(await countAt(randomBytes(32), AT + 1010)).toBeNull()
})

test('failures are forgotten after as long without one, and when they are cleared', async () => {
  const name = randomBytes(32)
  for (const at of [AT, AT + 999, AT + 2998]) expect(await countAt(name, at)).toBeNull()
  expect([await countAt(name, AT + 2998), await countAt(name, AT + 2998)]).toEqual([null, null])
  expect(await countAt(name, AT + 2998)).toBe(AT + 3998)
  expect([await clearGuard(database.app, name), await clearGuard(database.app, name)]).toEqual([true, false])
  expect(await countAt(name, AT + 2998)).toBeNull()
})

test('a try taken back unlocks what it locked, and no more than itself', async () => {
  const name = randomBytes(32)
  for (let i = 0; i < 3; i += 1) await countAt(name, AT)
  await uncountTry(database.app, name)
  expect([await countAt(name, AT), await countAt(name, AT)]).toEqual([null, AT + 1000])
  await uncountTry(database.app, randomBytes(32))
})

test('of many at the same moment as many are allowed as there are tries', async () => {
  const name = randomBytes(32)
  const results = await Promise.all(Array.from({ length: 30 }, () => countAt(name, AT)))
  expect(results.filter((result) => result === null)).toHaveLength(3)
  expect(new Set(results)).toEqual(new Set([null, AT + 1000]))
})
