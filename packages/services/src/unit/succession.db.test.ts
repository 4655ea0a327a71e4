import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importFile } from '../import/import-file.ts'
import { explainUnitMove } from '../league/explain-unit-move.ts'
import { getLeague } from '../league/get-league.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { listGroups } from '../league/list-groups.ts'
import { getOverview } from '../overview/get-overview.ts'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { getUnitHistory } from './get-unit-history.ts'
import { getUnitPage } from './get-unit-page.ts'
import { getUnitTree } from './get-unit-tree.ts'
import { listUnits } from './list-units.ts'
import { previewSuccession, recordSuccession, withdrawUnitSuccession } from './record-succession.ts'

const QUARTER = toQuarter('2026Q3')
const GROUP = '县区组'
const ACT = { kind: 'merge', fromCodes: ['C04', 'C05'], toCodes: ['C02'], onDate: '2026-10-01' } as const
const UNITS = join(import.meta.dirname, '../../../domain/test/fixtures/example-2026Q3/units.csv')

let service: TestService
let folder: string

/** The example's units file with one change of its text. */
async function importUnits(change: (text: string) => string): Promise<void> {
  const path = join(folder, 'units.csv')
  await writeFile(path, change(await readFile(UNITS, 'utf8')))
  const file = {
    kind: 'units',
    path,
    fileName: 'units.csv',
    dryRun: false,
    acceptValid: false,
    language: 'en',
  } as const
  const { rejected } = await importFile(service.ctx, file)
  if (rejected > 0) throw new Error('units were refused')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhidu-units-'))
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(async () => {
  await service?.database.close()
  await rm(folder, { recursive: true })
})

const actIn = () => ({ ...ACT, fromCodes: [...ACT.fromCodes], toCodes: [...ACT.toCodes] })

async function tableOf(tree: 'then' | 'now') {
  return await getLeagueTable(service.ctx, { quarter: QUARTER, group: GROUP, tree })
}

/** Every audit entry and every version of a fact about some units, as text. */
async function recordsOf(codes: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const table of ['report', 'check_record', 'misreport', 'filing', 'bonus', 'unit_period', 'event_case']) {
    const { rows } = await service.database.pool.query<{ row: string }>(
      `select t::text as row from ${table} t where unit_code = any ($1) order by 1`,
      [codes],
    )
    found.push(...rows.map(({ row }) => `${table} ${row}`))
  }
  const { rows } = await service.database.pool.query<{ text: string }>('select text from audit_entry order by seq')
  return [...found, ...rows.map(({ text }) => text)]
}

describe('a merger of two counties into a third', () => {
  it('is refused while the units are open, and previewed as such', async () => {
    const preview = await previewSuccession(service.ctx, actIn())
    expect(preview.problems.map(({ kind, unitCode }) => `${kind} ${unitCode}`)).toEqual([
      'still_open C04',
      'still_open C05',
    ])
    await expect(recordSuccession(service.ctx, { ...actIn(), reason: '机构改革' })).rejects.toMatchObject({
      code: 'invalid',
      reason: 'succession_still_open',
    })
  })

  it('counts what all three did for the one, then keeps every row and adds them up', async () => {
    await importUnits((text) => text.replaceAll(/^(C0[45],.*,2020-01-01,)$/gm, (_, row: string) => `${row}2026-10-01`))
    const before = await recordsOf(['C02', 'C04', 'C05'])
    const then = await tableOf('then')
    const rows = then.rows.filter((row) => ['C02', 'C04', 'C05'].includes(row.unitCode))
    const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((n, row) => n + pick(row), 0)
    const preview = await previewSuccession(service.ctx, actIn())
    const { actId } = await recordSuccession(service.ctx, { ...actIn(), reason: '机构改革' })
    const now = await tableOf('now')
    const one = now.rows.find((row) => row.unitCode === 'C02')
    expect(one?.present).toEqual({ isOpen: true, isSplit: false, mergedCodes: ['C04', 'C05'] })
    expect(one?.timeliness.owed).toBe(sum((row) => row.timeliness.owed))
    expect(one?.checks.total).toBe(sum((row) => row.checks.total))
    expect(one?.lost.discipline).toBeCloseTo(sum((row) => row.lost.discipline))
    expect(one?.dimensions.discipline).toBeCloseTo(Math.max(20 - sum((row) => row.lost.discipline), 0))
    expect(one?.deductionCount).toBe(sum((row) => row.deductionCount))
    expect(now.rows.map(({ unitCode }) => unitCode)).not.toContain('C04')
    expect(now.total.timeliness).toEqual(then.total.timeliness)
    expect(now.total.checks).toEqual(then.total.checks)
    expect(preview.after.map(({ score, unitCode }) => [unitCode, score])).toEqual([['C02', one?.score]])
    // The table of then is as it was, and the document says what the page says.
    expect((await tableOf('then')).rows).toEqual(then.rows)
    const league = await getLeague(service.ctx, { quarter: QUARTER, group: GROUP, tree: 'now' })
    expect(league.rows.map(({ score, unitCode }) => [unitCode, score])).toEqual(
      now.rows.map(({ score, unitCode }) => [unitCode, score]),
    )
    // No fact and no audit entry is gone or changed; one entry is new.
    const after = await recordsOf(['C02', 'C04', 'C05'])
    expect(before.filter((row) => !after.includes(row))).toEqual([])
    expect(after.length).toBe(before.length + 1)
    expect(after.at(-1)).toContain('unit/C04+C05>C02')
    await expect(recordSuccession(service.ctx, { ...actIn(), reason: '又一次' })).rejects.toMatchObject({
      reason: 'succession_recorded_already',
    })
    expect(actId).toMatch(/^[\da-f-]{36}$/)
  })

  it('is found by the code of either, in both histories, on the page of the one, and in lists', async () => {
    const merged = await getUnitHistory(service.ctx, { unitCode: 'C04' })
    expect(merged.bearer?.unitCode).toBe('C02')
    expect(merged.changes.map(({ kind }) => kind)).toEqual(['opened', 'closed', 'merged_into'])
    expect(merged.changes.at(-1)?.reason).toBe('机构改革')
    const own = await getUnitHistory(service.ctx, { unitCode: 'C02' })
    expect(own.before.map(({ lastQuarter, unitCode }) => [unitCode, lastQuarter])).toEqual([
      ['C04', QUARTER],
      ['C05', QUARTER],
    ])
    const then = await getUnitPage(service.ctx, { unitCode: 'C04', quarter: QUARTER })
    expect(then.deductions.length).toBe(then.row?.deductionCount)
    const now = await getUnitPage(service.ctx, { unitCode: 'C02', quarter: QUARTER, tree: 'now' })
    expect(now.deductions.length).toBe(now.row?.deductionCount)
    expect(now.events.map(({ eventCode }) => eventCode)).toEqual(
      expect.arrayContaining(then.events.map(({ eventCode }) => eventCode)),
    )
    const list = await listUnits(service.ctx, { quarter: QUARTER, tree: 'now' })
    expect(list.units.map(({ unitCode }) => unitCode)).not.toContain('C05')
    const groups = await listGroups(service.ctx, { quarter: QUARTER, tree: 'now' })
    const size = (await tableOf('then')).total.unitCount
    expect(groups.find(({ group }) => group === GROUP)?.unitCount).toBe(size - 2)
    const overview = await getOverview(service.ctx, { quarter: QUARTER, tree: 'now' })
    expect(overview.timeliness).toEqual((await getOverview(service.ctx, { quarter: QUARTER })).timeliness)
    const tree = await getUnitTree(service.ctx, { onDate: '2026-10-01' })
    const closed = tree.units.filter(({ isOpen }) => !isOpen).map(({ unitCode }) => unitCode)
    expect(closed).toEqual(expect.arrayContaining(['C04', 'C05']))
    expect(tree.successions).toMatchObject([{ kind: 'merge', reason: '机构改革', recordedBy: 'test' }])
  })

  it('breaks the line to the quarter before, and is no movement', async () => {
    service.setNow(Date.parse('2027-01-10T09:00:00+08:00'))
    const table = await getLeagueTable(service.ctx, { quarter: toQuarter('2026Q4'), group: GROUP })
    expect(table.rows.find(({ unitCode }) => unitCode === 'C02')?.breaks).toEqual([null, null, null, 'merged'])
    const present = await getLeagueTable(service.ctx, { quarter: toQuarter('2026Q4'), group: GROUP, tree: 'now' })
    expect(present.rows.find(({ unitCode }) => unitCode === 'C02')?.breaks.at(-1)).toBe(null)
    const moved = await explainUnitMove(service.ctx, { quarter: toQuarter('2026Q4'), unitCode: 'C04' })
    expect(moved).toMatchObject({ move: null, obstacle: 'gone', rank: null })
    service.setNow(Date.parse('2026-11-20T09:00:00+08:00'))
  })

  it('taken back leaves everything as it was, and both acts on record', async () => {
    const [act] = (await getUnitTree(service.ctx, {})).successions
    await withdrawUnitSuccession(service.ctx, { actId: act?.actId ?? '', reason: '录错' })
    expect((await getUnitTree(service.ctx, {})).successions).toEqual([])
    const now = await tableOf('now')
    expect(
      now.rows
        .filter(({ present }) => present?.isOpen === false)
        .map(({ unitCode }) => unitCode)
        .sort(),
    ).toEqual(['C04', 'C05'])
    expect((await tableOf('now')).total.timeliness).toEqual((await tableOf('then')).total.timeliness)
    await expect(
      withdrawUnitSuccession(service.ctx, { actId: act?.actId ?? '', reason: '录错' }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('why a unit moved', () => {
  it('is told of every unit of the group, exactly, without anything of the others', async () => {
    const input = { quarter: toQuarter('2026Q4'), asOf: '2026-11-20T09:00:00+08:00' }
    const { rows } = await getLeagueTable(service.ctx, { ...input, group: GROUP })
    for (const { previousRank, rank, unitCode } of rows) {
      const told = await explainUnitMove(service.ctx, { ...input, unitCode })
      expect([told.previousRank, told.rank]).toEqual([previousRank, rank])
      expect(told.move === null).toBe(rank === null || previousRank === null)
      if (told.move === null || rank === null || previousRank === null) continue
      const { gain, places, shares } = told.move
      expect(gain).toBe(previousRank - rank)
      expect(Object.values(places).reduce((sum, one) => sum + one, 0)).toBe(gain)
      expect(Object.values(shares).reduce((sum, one) => sum + one, 0)).toBe(24 * gain)
      expect(places.rules).toBe(0)
    }
  })
})
