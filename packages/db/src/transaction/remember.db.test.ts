import { randomUUID } from 'node:crypto'
import type { PlainDate } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { instant } from '../instant.ts'
import { rebuildUnitClosure } from '../queries/rebuild-unit-closure.ts'
import { putSetting } from '../queries/settings.ts'
import { makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { remember } from './remember.ts'
import { withScope } from './with-scope.ts'

let database: TestDatabase
const accounts = { top: randomUUID(), county: randomUUID() }
beforeAll(async () => {
  database = await createTestDatabase()
  const rows = await makeFactRows(database.db)
  await rows.units('T', 'C')
  await rows.periods({ unit_code: 'T' }, { unit_code: 'C', parent_code: 'T' })
  await rebuildUnitClosure(database.db)
  for (const [name, unit_code] of [
    ['top', 'T'],
    ['county', 'C'],
  ] as const) {
    const row = { account_id: accounts[name], login_name: name, display_name: name, unit_code }
    await database.db
      .insertInto('account')
      .values({ ...row, created_at: instant(SOME_INSTANT) })
      .execute()
  }
})
afterAll(() => database.close())

let loads = 0

function ask(name: keyof typeof accounts, stamp: 'rules' | 'units', isReadOnly = true): Promise<number> {
  const unitCode = name === 'top' ? 'T' : 'C'
  const request = { kind: 'account', id: accounts[name], unitCode, isInstallationWide: false } as const
  // Safe: a date, as it is written.
  const onDate = '2026-09-30' as PlainDate
  const load = (): Promise<number> => Promise.resolve((loads += 1))
  return withScope(database.app, { ...request, onDate }, (trx) => remember(trx, stamp, 'x', load), { isReadOnly })
}

test('is asked once for each asker, and again when what it comes from has changed', async () => {
  const first = await ask('top', 'units')
  expect(await ask('top', 'units')).toBe(first)
  expect(await ask('county', 'units')).not.toBe(first)
  const rules = await ask('top', 'rules')
  expect(await ask('top', 'rules')).toBe(rules)

  await putSetting(database.db, 'synthetic', 'loaded')
  expect(await ask('top', 'rules')).not.toBe(rules)
  expect(await ask('top', 'units')).toBe(first)

  const rows = await makeFactRows(database.db)
  await database.db.insertInto('unit').values({ unit_code: 'N', position: 99 }).execute()
  await rows.periods({ unit_code: 'N', parent_code: 'T' })
  await rebuildUnitClosure(database.db)
  expect(await ask('top', 'units')).not.toBe(first)
})

test('a transaction that may write keeps nothing', async () => {
  const first = await ask('top', 'units', false)
  expect(await ask('top', 'units', false)).not.toBe(first)
})
