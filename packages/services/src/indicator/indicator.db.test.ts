import { asReadonly } from '@zhidu/db'
import { addIndicatorRatios, INDICATORS, NO_RATIOS, onTimeRatio, shiftQuarter, toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportFunnel, exportTrend } from '../export/export-indicators.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { rankQuarter } from '../league/load-group.ts'
import { loadRoster } from '../league/load-roster.ts'
import { createTestService, EXAMPLE_AS_OF, importExample, type TestService } from '../testing/example-quarter.ts'
import { getIndicatorGroup } from './get-indicator-group.ts'
import { getIndicatorTrend } from './get-indicator-trend.ts'
import { loadGroupQuarters } from './load-group-quarters.ts'

const QUARTER = toQuarter('2026Q3')
const GROUP = '市直组'
const INPUT = { quarter: QUARTER, group: GROUP, asOf: EXAMPLE_AS_OF }
let service: TestService

beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(() => service.database.close())

async function read(body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(body).text()
}

describe('the shares of a group', () => {
  it('are the counts of its league table, every member of it, in official order', async () => {
    const { groupShares, peers, rows, unitCount } = await getIndicatorGroup(service.ctx, INPUT)
    const table = await getLeagueTable(service.ctx, INPUT)
    expect([rows.length, peers]).toEqual([unitCount, null])
    for (const row of table.rows) {
      expect(rows.find(({ unitCode }) => unitCode === row.unitCode)?.counts).toMatchObject({
        timeliness: onTimeRatio(row.timeliness),
        completeness: row.completeness,
        checks: { part: row.checks.passed, whole: row.checks.total },
      })
    }
    const total = onTimeRatio(table.total.timeliness)
    expect(groupShares.timeliness).toBeCloseTo(total.part / total.whole, 4)
    const { position } = await loadRoster(asReadonly(service.database.db))
    const places = rows.map(({ unitCode }) => position.get(unitCode) ?? -1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('are read from the rollups as from the facts', async () => {
    const db = asReadonly(service.database.db)
    const roster = await loadRoster(db)
    const asks = [-1, 0].map((step) => ({
      quarter: shiftQuarter(QUARTER, step),
      asOf: Date.parse(EXAMPLE_AS_OF),
      frozen: null,
    }))
    const found = await loadGroupQuarters(db, roster, { asks, choice: { group: GROUP }, day: null })
    for (const [index, ask] of asks.entries()) {
      const whole = await rankQuarter(db, roster, ask.quarter, ask.asOf)
      const expected = (whole.groups.get(GROUP) ?? []).map(({ ranked }) => ranked.summary)
      const byCode = (a: { unitCode: string }, b: { unitCode: string }): number => (a.unitCode < b.unitCode ? -1 : 1)
      const own = (found[index]?.members ?? []).map(({ summary }) => summary)
      expect(own.toSorted(byCode)).toMatchObject(
        expected.toSorted(byCode).map(({ checks, filings, timeliness, unitCode }) => ({
          unitCode,
          checks,
          filings,
          timeliness,
        })),
      )
    }
  })

  it('are refused for a group nobody is in', async () => {
    await expect(getIndicatorGroup(service.ctx, { ...INPUT, group: '没有' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('the series of a unit', () => {
  it.each([{}, { tree: 'now' as const }])('has months that sum to its quarters, %o', async (tree) => {
    const { rows } = await getIndicatorGroup(service.ctx, INPUT)
    for (const { counts, unitCode } of rows) {
      const { quarters } = await getIndicatorTrend(service.ctx, {
        unitCode,
        quarter: QUARTER,
        asOf: EXAMPLE_AS_OF,
        ...tree,
      })
      expect(quarters.at(-1)?.counts).toEqual(counts)
      for (const one of quarters) {
        expect(one.months.map((month) => month.counts).reduce(addIndicatorRatios, NO_RATIOS)).toEqual(one.counts)
      }
    }
  })

  it('names its months, begins with the first quarter with facts, and is refused for a unit nobody knows', async () => {
    const { quarters } = await getIndicatorTrend(service.ctx, { unitCode: 'C01', quarter: QUARTER })
    expect(quarters.at(-1)?.months.map(({ month }) => month)).toEqual(['2026-07', '2026-08', '2026-09'])
    expect(quarters[0]).toMatchObject({ break: null, isRuleChange: false })
    await expect(getIndicatorTrend(service.ctx, { unitCode: 'X99', quarter: QUARTER })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('the files', () => {
  it('say every unit of every indicator, how to read them, and begin no cell with a formula', async () => {
    const { rows } = await getIndicatorGroup(service.ctx, INPUT)
    const file = await exportFunnel(service.ctx, INPUT, { format: 'csv', language: 'zh-CN' })
    const lines = (await read(file.body)).split('\r\n')
    expect(lines.filter((line) => /^(按时率|要素完整率|抽查合格率|节假日报送按时率),/.test(line))).toHaveLength(
      rows.length * INDICATORS.length,
    )
    expect(lines.join('\n')).toContain('落在界限外，只说明“难用偶然解释”')
    expect(lines.join('\n')).not.toMatch(/NaN|undefined|(^|,)[=@+-]/m)
    const workbook = await exportTrend(
      service.ctx,
      { unitCode: 'C01', quarter: QUARTER },
      { format: 'xlsx', language: 'en' },
    )
    expect(workbook.fileName).toMatch(/^Long-term course of .*\.xlsx$/)
    expect(workbook.body).toBeInstanceOf(Uint8Array)
  })
})
