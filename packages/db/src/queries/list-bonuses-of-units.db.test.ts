import { toPlainDate } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { type FactRows, makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { listBonusesOfUnits, bonusesOfUnitsQuery } from './list-bonuses-of-units.ts'

let database: TestDatabase
let db: ReadonlyDb
let rows: FactRows
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
  rows = await makeFactRows(database.db)
  await rows.units('U2', 'U1', 'U3')
})
afterAll(() => database.close())

test('current bonuses of the units, both dates included, by unit and date', async () => {
  const period = { firstOn: toPlainDate('2026-07-01'), lastOn: toPlainDate('2026-09-30') }
  expect(bonusesOfUnitsQuery(db, { unitCodes: ['U1'], ...period }).compile().sql).toMatchInlineSnapshot(
    `"select "bonus_code" as "bonusCode", "unit_code" as "unitCode", "kind", "awarded_on" as "awardedOn", "event_code" as "eventCode" from "bonus" where "unit_code" in ($1) and "awarded_on" >= $2 and "awarded_on" <= $3 and "replaced_at" is null order by "unit_code", "awarded_on", "bonus_code""`,
  )
  await rows.bonuses(
    { bonus_code: 'last', awarded_on: '2026-09-30' },
    { bonus_code: 'first', awarded_on: '2026-07-01', event_code: 'E1' },
    { bonus_code: 'other', unit_code: 'U2' },
    { bonus_code: 'foreign', unit_code: 'U3' },
    { bonus_code: 'before', awarded_on: '2026-06-30' },
    { bonus_code: 'after', awarded_on: '2026-10-01' },
    { bonus_code: 'replaced', ...rows.replaced },
  )
  const found = await listBonusesOfUnits(db, { unitCodes: ['U2', 'U1'], ...period })
  expect(found.map((row) => row.bonusCode)).toEqual(['first', 'last', 'other'])
  expect(found[0]).toEqual({
    bonusCode: 'first',
    unitCode: 'U1',
    eventCode: 'E1',
    kind: 'media',
    awardedOn: '2026-07-01',
  })
  expect(await listBonusesOfUnits(db, { unitCodes: [], ...period })).toEqual([])
})
