import { toQuarter } from '@zhidu/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { rollupRow } from '../testing/rollup-row.ts'
import { listUnitQuartersOfUnits, unitQuartersOfUnitsQuery } from './list-unit-quarters-of-units.ts'
import { putUnitQuarters } from './put-unit-quarters.ts'

const QUARTERS = ['2026Q2', '2026Q3'].map(toQuarter)
let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
  const rows = await makeFactRows(database.db)
  await rows.units('U1', 'U2')
  const all = ['U1', 'U2'].flatMap((unitCode) => QUARTERS.map((quarter) => rollupRow({ unitCode, quarter })))
  await putUnitQuarters(database.db, all)
})
afterAll(() => database.close())

test('only the units and quarters asked for, by quarter and unit; nothing for nobody', async () => {
  const codes = async (unitCodes: string[], quarters = QUARTERS): Promise<string[]> =>
    (await listUnitQuartersOfUnits(db, { unitCodes, quarters })).map((row) => `${row.quarter} ${row.unitCode}`)
  expect(await codes(['U2', 'U1'])).toEqual(['2026Q2 U1', '2026Q2 U2', '2026Q3 U1', '2026Q3 U2'])
  expect(await codes(['U2'], [toQuarter('2026Q3')])).toEqual(['2026Q3 U2'])
  expect([await codes([]), await codes(['U1'], [])]).toEqual([[], []])
})

test('is answered by an index on unit and quarter', async () => {
  const query = unitQuartersOfUnitsQuery(db, { unitCodes: ['U1'], quarters: QUARTERS }).compile()
  const plan = await database.db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    const { rows } =
      await sql`explain ${sql.raw(query.sql.replace('$1', `'{U1}'`).replace('$2', `'{2026Q2,2026Q3}'`))}`.execute(trx)
    return JSON.stringify(rows)
  })
  expect(plan).toMatch(
    /Index Scan using unit_quarter_\w+.*Index Cond: .*quarter = ANY.*unit_code = ANY|Index Cond: .*unit_code = ANY.*quarter = ANY/,
  )
})
