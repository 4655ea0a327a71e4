import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withTransaction } from '@zhidu/db'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { SAMPLE_HOLIDAYS, toQuarter } from '@zhidu/domain'
import { getLeagueTable, installSampleRules, refreshUnitQuarters } from '@zhidu/services'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyFacts } from '../dataset/copy-facts.ts'
import { writeFactFiles } from '../dataset/fact-files.ts'
import { makeProvinceFacts } from '../dataset/province-facts.ts'
import { DuckDbLeague } from './duckdb.ts'
import { requireAgreement, toLeagueRecords } from './league-record.ts'
import { askPlainSql } from './plain-sql.ts'

const QUARTER = toQuarter('2026Q3')
const AFTER = Date.parse('2026-10-15T00:00:00+08:00')
const facts = makeProvinceFacts({
  seed: 'agreement',
  quarter: QUARTER,
  holidays: SAMPLE_HOLIDAYS,
  unitCount: 300,
  reportCount: 6_000,
})

let database: TestDatabase
let duckDb: DuckDbLeague
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'zhidu-bench-'))
  await installSampleRules(database.db)
  await copyFacts(database.db, facts, AFTER)
  const touched = facts.units.map(({ unitCode }) => ({ unitCode, quarter: QUARTER }))
  await withTransaction(database.db, (trx) => refreshUnitQuarters(trx, { touched, asOf: AFTER, obligations: null }))
  duckDb = await DuckDbLeague.load(await writeFactFiles(facts, folder), SAMPLE_HOLIDAYS)
})
afterAll(async () => {
  duckDb.close()
  await database.close()
  await rm(folder, { recursive: true })
})

describe('three readings of the contract', () => {
  it.each([
    ['from the rollups', '2026-10-15T00:00:00+08:00'],
    ['at the last second of the quarter', '2026-09-30T23:59:59+08:00'],
    ['at a slot, from the facts', '2026-08-20T17:00:00+08:00'],
    ['in the second a form is overdue', '2026-09-21T00:00:00+08:00'],
    ['in the second the quarter begins', '2026-07-01T00:00:00+08:00'],
  ])('rank and score every unit alike: %s', async (_, iso) => {
    const question = { quarter: QUARTER, group: facts.group, asOf: Date.parse(iso) }
    const ctx = {
      db: database.db,
      report: database.db,
      clock: () => question.asOf,
      actor: { kind: 'local', name: 'bench' } as const,
    }
    const table = toLeagueRecords(await getLeagueTable(ctx, { quarter: QUARTER, group: facts.group }))
    requireAgreement('plain SQL', table, await askPlainSql(database.pool, question))
    requireAgreement('DuckDB', table, await duckDb.ask(question))
    expect(table).toHaveLength(297)
  })

  it('see every kind of loss, and units in every state', async () => {
    const table = await askPlainSql(database.pool, { quarter: QUARTER, group: facts.group, asOf: AFTER })
    const count = (has: (line: (typeof table)[number]) => boolean): number => table.filter(has).length
    expect(count((line) => line.lostTimeliness > 0)).toBeGreaterThan(50)
    expect(count((line) => line.lostTruthfulness > 0)).toBeGreaterThan(20)
    expect(count((line) => line.lostFiling > 0)).toBeGreaterThan(20)
    expect(count((line) => line.bonus > 0)).toBeGreaterThan(20)
    expect(new Set(table.map((line) => line.grade))).toEqual(new Set(['优秀', '良好', '一般', '较差']))
    expect(new Set(table.map((line) => line.rank)).size).toBeLessThan(297)
  })

  it('are told apart by the first field that differs', async () => {
    const table = await askPlainSql(database.pool, { quarter: QUARTER, group: facts.group, asOf: AFTER })
    const other = table.map((line, index) => (index === 7 ? { ...line, late: line.late + 1 } : line))
    expect(() => requireAgreement('it', table, other)).toThrow(/differ in late of line 8/)
    expect(() => requireAgreement('it', table, table.slice(1))).toThrow(/lists 296 units/)
  })
})
