import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { getLeague } from '../league/get-league.ts'
import { installSampleRules } from '../rules/install-sample-rules.ts'
import { importFile } from './import-file.ts'

const EX = '/work/shared/contract/example/'
let database: TestDatabase
let ctx: ServiceContext
beforeAll(async () => {
  database = await createTestDatabase()
  await installSampleRules(database.db)
  ctx = { db: database.db, clock: () => Date.parse('2026-11-23T12:00:00+08:00') }
})
afterAll(() => database.close())

it('x', async () => {
  for (const round of [1, 2])
    for (const kind of ['units', 'reports', 'checks', 'misreports', 'filings', 'bonuses'] as const) {
      const r = await importFile(ctx, { kind, path: `${EX}${kind}.csv`, fileName: `${kind}.csv`, dryRun: false, acceptValid: false, language: 'zh-CN' })
      console.log(round, JSON.stringify({ ...r, errors: r.errors.slice(0, 2), warnings: r.warnings.slice(0, 3) }))
    }
  const fs = await import('node:fs')
  for (const group of ['县区组', '市直组']) {
    const expected = JSON.parse(fs.readFileSync(`${EX}expected-2026Q3-${group}.json`, 'utf8'))
    const l = await getLeague(ctx, { quarter: '2026Q3' as never, group, asOf: '2026-10-05T00:00:00+08:00' })
    const rows = l.rows.map(({ name, rankInterval, previousRank, deductions, ...row }) => ({ ...row, deductions: deductions.map(({ at, ...d }) => d) }))
    expect(rows).toEqual(expected)
  }
})
