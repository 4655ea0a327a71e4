import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CellValue, type Kind, KIND_SHEETS, toExportCell } from '@zhidu/contract'
import { asReadonly, listUnitQuarters, listQuartersWithFacts } from '@zhidu/db'
import {
  DAY_MS,
  HOUR_MS,
  listMembers,
  SAMPLE_HOLIDAYS,
  SECOND_MS,
  toHolidayKey,
  toPlainDate,
  type UnitSummary,
} from '@zhidu/domain'
import { makeCity, type SyntheticCity } from '@zhidu/synthetic'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../import/import-file.ts'
import { loadRules } from '../rules/load-rules.ts'
import { createTestService, type TestService } from '../testing/example-quarter.ts'
import { summarizeUnits } from './assess-units.ts'
import { loadRoster } from './load-roster.ts'
import { loadSummaries } from './load-summaries.ts'
import { refreshStaleUnitQuarters } from './refresh-stale.ts'
import { fromUnitQuarterRow, holdsAt, quarterEndOf } from './rollup.ts'

// Four quarters of a small city arrive in pieces, out of order, some of them corrected, while time goes on.
const city: SyntheticCity = makeCity({
  seed: 'rollups',
  until: toPlainDate('2026-08-20'),
  quarters: 3,
  scale: 0.4,
  holidays: SAMPLE_HOLIDAYS,
})
let service: TestService
let folder: string

beforeAll(async () => {
  service = await createTestService(Date.parse('2026-02-10T10:00:00+08:00'))
  folder = await mkdtemp(join(tmpdir(), 'zhidu-rollups-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await service.database.close()
})

function toCell(fact: Readonly<Record<string, unknown>>, key: string): CellValue {
  const value = fact[key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]
  if (typeof value === 'string' || typeof value === 'number') return value
  return Array.isArray(value) ? value.map(String) : null
}

async function importFacts(kind: Kind, facts: readonly object[]): Promise<void> {
  const { columns } = KIND_SHEETS[kind]
  const lines = facts.map((fact) =>
    columns.map((column) => toExportCell(column, toCell({ ...fact }, column.key))).join(','),
  )
  const path = join(folder, `${kind}.csv`)
  await writeFile(path, [columns.map(({ key }) => key).join(','), ...lines].join('\n'))
  const file = { kind, path, fileName: `${kind}.csv` }
  const result = await importFile(service.ctx, { ...file, dryRun: false, acceptValid: false, language: 'en' })
  expect(result.errors).toEqual([])
}

function plain({ unitCode, quarter, ...summary }: UnitSummary): object {
  const { asOf: _a, steadyFrom: _f, steadyUntil: _u, ...rest } = { asOf: 0, steadyFrom: 0, steadyUntil: 0, ...summary }
  return { unitCode, quarter, ...rest }
}

/** Every rollup that claims to hold now, or at the end of its quarter, equals what the facts say. */
async function expectRollupsTrue(): Promise<number> {
  const db = asReadonly(service.database.db)
  const now = service.ctx.clock()
  const roster = await loadRoster(db)
  let compared = 0
  for (const quarter of await listQuartersWithFacts(db)) {
    const rules = await loadRules(db, quarter)
    const rows = await listUnitQuarters(db, [quarter])
    const unitCodes = [...new Set(rows.map((row) => row.unitCode))]
    const fresh = new Map<string, readonly UnitSummary[]>()
    const asOf = [now, quarterEndOf(quarter)]
    for await (const batch of summarizeUnits(db, { unitCodes, periodsOf: roster.periodsOf, quarter, rules, asOf })) {
      for (const unit of batch) fresh.set(unit[0]?.unitCode ?? '', unit)
    }
    for (const row of rows) {
      const at = row.basis === 'latest' ? now : quarterEndOf(quarter)
      if (row.basis === 'latest' && !holdsAt(row, at, rules.regulation)) continue
      const expected = fresh.get(row.unitCode)?.[row.basis === 'latest' ? 0 : 1]
      expect(expected).toBeDefined()
      if (expected !== undefined) expect(plain(fromUnitQuarterRow(row))).toEqual(plain(expected))
      compared += 1
    }
    // What a page reads is the facts' own answer, wherever it comes from, at this and other instants.
    const units = listMembers(roster.periodsOf, quarter).map((period) => period.unitCode)
    const edges = rows.flatMap(({ steadyFrom, steadyUntil }) => [steadyFrom, steadyUntil]).filter((at) => at !== null)
    const someEdges = [...new Set(edges)].toSorted((a, b) => a - b).filter((_, index) => index % 7 === 3)
    const aroundEdges = someEdges.slice(-3).flatMap((at) => [at - SECOND_MS, at, at + HOUR_MS])
    for (const at of [
      now,
      now - 9 * DAY_MS,
      quarterEndOf(quarter),
      quarterEndOf(quarter) + SECOND_MS,
      ...aroundEdges,
    ]) {
      const shown = await loadSummaries(db, { roster, quarter, asOf: at, unitCodes: units })
      const args = { unitCodes: units, periodsOf: roster.periodsOf, quarter, rules, asOf: [at] }
      for await (const batch of summarizeUnits(db, args)) {
        for (const summary of batch.flat()) {
          const one = shown.get(summary.unitCode)
          expect(one && plain(one)).toEqual(plain(summary))
        }
      }
    }
  }
  return compared
}

it('equal the recomputation after every import, correction and passing of time', async () => {
  const half = Math.floor(city.reports.length / 2)
  const late = city.reports.slice(half)
  const early = city.reports.slice(0, half)
  await importFacts('units', city.units)
  await importFacts('reports', late)
  await expectRollupsTrue()

  service.setNow(Date.parse('2026-05-02T08:00:01+08:00'))
  await importFacts('reports', early)
  await importFacts('checks', city.checks)
  await expectRollupsTrue()

  const filings = city.filings.map((filing) => ({
    ...filing,
    holiday: toHolidayKey({ year: filing.holidayYear, name: filing.holidayName }),
  }))
  await importFacts('filings', filings)
  await importFacts('misreports', city.misreports)
  await importFacts('bonuses', city.bonuses)
  await expectRollupsTrue()

  service.setNow(Date.parse('2026-08-25T17:00:00+08:00'))
  expect(await refreshStaleUnitQuarters(service.ctx)).toBeGreaterThan(0)
  expect(await refreshStaleUnitQuarters(service.ctx)).toBe(0)
  await expectRollupsTrue()

  // An event moves to another quarter and level; a unit's row changes its duty mode, another is closed early.
  const moved = city.reports.slice(0, 40).map((report) => ({
    ...report,
    level: 'II',
    occurredAt: report.occurredAt - 100 * DAY_MS,
    learnedAt: report.learnedAt - 100 * DAY_MS,
    phonedAt: null,
    writtenAt: report.writtenAt === null ? null : report.writtenAt - 100 * DAY_MS,
  }))
  await importFacts('reports', moved)
  await expectRollupsTrue()
  await importFacts(
    'units',
    city.units.map((unit, index) => ({
      ...unit,
      dutyMode: unit.dutyMode === 'room' ? 'phone' : 'room',
      validTo: unit.validTo ?? (index % 7 === 3 ? toPlainDate('2026-06-15') : null),
    })),
  )
  expect(await expectRollupsTrue()).toBeGreaterThan(150)
})
