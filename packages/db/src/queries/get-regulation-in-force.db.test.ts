import { type PlainDate, SAMPLE_REGULATION, toPlainDate } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { getRegulationInForce, regulationInForceQuery } from './get-regulation-in-force.ts'
import { addRegulation } from './put-rules.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
})
afterAll(() => database.close())

const on = (date: string): PlainDate => toPlainDate(date)

test('the newest one that is in force on the day; one without a date holds from the beginning', async () => {
  expect(regulationInForceQuery(db, on('2026-07-01')).compile().sql).toMatchInlineSnapshot(
    `"select "document" from "regulation" where "state" = $1 and ("effective_from" is null or "effective_from" <= $2) order by "effective_from" desc nulls last, "version" desc limit $3"`,
  )
  await expect(getRegulationInForce(db, on('2026-07-01'))).rejects.toThrow()
  const add = (version: string, effectiveFrom: PlainDate | null) =>
    addRegulation(database.db, { ...SAMPLE_REGULATION, version, effectiveFrom })
  await add('2027', on('2027-01-01'))
  await expect(getRegulationInForce(db, on('2026-12-31'))).rejects.toThrow()
  await add('1', null)
  await add('2026', on('2026-07-01'))
  const versionOn = async (date: string) => (await getRegulationInForce(db, on(date))).version
  expect(await versionOn('0001-01-01')).toBe('1')
  expect(await versionOn('2026-06-30')).toBe('1')
  expect(await versionOn('2026-07-01')).toBe('2026')
  expect(await versionOn('2027-01-01')).toBe('2027')
  expect(await getRegulationInForce(db, on('2026-01-01'))).toEqual({
    ...SAMPLE_REGULATION,
    version: '1',
    effectiveFrom: null,
  })
})

test('a version that is there already stays as it is', async () => {
  await addRegulation(database.db, { ...SAMPLE_REGULATION, version: '1', effectiveFrom: null, title: 'another' })
  expect((await getRegulationInForce(db, on('2026-01-01'))).title).toBe(SAMPLE_REGULATION.title)
})
