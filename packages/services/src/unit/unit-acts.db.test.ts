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
import { checkQuarter } from '../quarter/check-quarter.ts'
import { freezeQuarter } from '../quarter/freeze-quarter.ts'
import { listQuarters } from '../quarter/list-quarters.ts'
import { createTestService, EXAMPLE_AS_OF, importExample, type TestService } from '../testing/example-quarter.ts'
import { getUnitHistory } from './get-unit-history.ts'
import { getUnitPage } from './get-unit-page.ts'
import { getUnitTree } from './get-unit-tree.ts'
import { listUnits } from './list-units.ts'
import { previewUnitAct } from './preview-unit-act.ts'
import { recordUnitAct, withdrawUnitAct } from './record-unit-act.ts'

const QUARTER = toQuarter('2026Q3')
const GROUP = '县区组'
const ACT = { kind: 'merge', fromCodes: ['C04', 'C05'], toCodes: ['C02'], onDate: '2026-10-01' } as const
const UNITS = join(import.meta.dirname, '../../../domain/test/fixtures/example-2026Q3/units.csv')

let service: TestService
let folder: string

/** The example's units file with one change of its text. */
async function importUnits(change: (text: string) => string, dryRun = false): Promise<string[]> {
  const path = join(folder, 'units.csv')
  await writeFile(path, change(await readFile(UNITS, 'utf8')))
  const file = {
    kind: 'units',
    path,
    fileName: 'units.csv',
    dryRun,
    acceptValid: false,
    language: 'en',
  } as const
  const { rejected, warnings } = await importFile(service.ctx, file)
  if (rejected > 0) throw new Error('units were refused')
  return warnings.map(({ code, params, row }) => `${row} ${code} ${params['day']} ${params['successor']}`)
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

const actIn = () => ({ ...ACT, fromCodes: [...ACT.fromCodes], toCodes: [...ACT.toCodes], values: [] })

/** Whether the one stands above the other on the day of the act: who reaches whom. */
async function standsAbove(ancestor: string, descendant: string): Promise<boolean> {
  const { rowCount } = await service.database.pool.query(
    `select from unit_closure where ancestor_code = $1 and descendant_code = $2 and valid_from <= $3 and $3 < valid_to`,
    [ancestor, descendant, ACT.onDate],
  )
  return (rowCount ?? 0) > 0
}

/** True for other units, and for these when they are open. */
const isOpenOf =
  (...codes: string[]) =>
  ({ isOpen, unitCode }: { readonly isOpen: boolean; readonly unitCode: string }): boolean =>
    isOpen || !codes.includes(unitCode)

async function tableOf(tree: 'then' | 'now') {
  return await getLeagueTable(service.ctx, { quarter: QUARTER, group: GROUP, tree })
}

/** Every audit entry and every version of a fact about some units, as text; whether it was replaced left out. */
async function recordsOf(codes: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const table of ['report', 'check_record', 'misreport', 'filing', 'bonus', 'unit_period', 'event_case']) {
    const { rows } = await service.database.pool.query<{ row: string }>(
      `select (to_jsonb(t) - 'replaced_at' - 'replaced_by')::text as row from ${table} t where unit_code = any ($1) order by 1`,
      [codes],
    )
    found.push(...rows.map(({ row }) => `${table} ${row}`))
  }
  const { rows } = await service.database.pool.query<{ text: string }>('select text from audit_entry order by seq')
  return [...found, ...rows.map(({ text }) => text)]
}

describe('a merger of two counties into a third', () => {
  it('counts what all three did for the one, closes the two on its day, and keeps every record', async () => {
    const before = await recordsOf(['C02', 'C04', 'C05'])
    const then = await tableOf('then')
    const rows = then.rows.filter((row) => ['C02', 'C04', 'C05'].includes(row.unitCode))
    const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((n, row) => n + pick(row), 0)
    const preview = await previewUnitAct(service.ctx, actIn())
    const { actId } = await recordUnitAct(service.ctx, { ...actIn(), reason: '机构改革' })
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
    // No version and no audit entry is gone or changed; one entry and the two rows that end are new.
    const after = await recordsOf(['C02', 'C04', 'C05'])
    expect(before.filter((row) => !after.includes(row))).toEqual([])
    expect(after.length).toBe(before.length + 3)
    expect(after.at(-1)).toContain('unit/C04+C05>C02')
    expect(preview.problems).toEqual([])
    expect(await standsAbove('C02', 'C04')).toBe(true)
    expect(preview.added.map(({ unitCode, validTo }) => [unitCode, validTo])).toEqual([
      ['C04', ACT.onDate],
      ['C05', ACT.onDate],
    ])
    expect((await getUnitTree(service.ctx, { onDate: '2026-09-30' })).units.every(isOpenOf('C04', 'C05'))).toBe(true)
    await expect(recordUnitAct(service.ctx, { ...actIn(), reason: '又一次' })).rejects.toMatchObject({
      reason: 'unit_act_recorded_already',
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

  it('taken back opens the two again, leaves everything as it was, and both acts on record', async () => {
    const [act] = (await getUnitTree(service.ctx, {})).successions
    const taken = await withdrawUnitAct(service.ctx, { actId: act?.actId ?? '', reason: '录错' })
    expect(taken.kept).toEqual([])
    expect(await standsAbove('C02', 'C04')).toBe(false)
    const tree = await getUnitTree(service.ctx, {})
    expect(tree.successions).toEqual([])
    expect(tree.units.every(isOpenOf('C04', 'C05'))).toBe(true)
    const { changes } = await getUnitHistory(service.ctx, { unitCode: 'C04' })
    expect(changes.map(({ kind }) => kind)).toEqual(['opened'])
    const plain = ({ present: _, ...row }: Awaited<ReturnType<typeof tableOf>>['rows'][number]) => row
    expect((await tableOf('now')).rows.map(plain)).toEqual((await tableOf('then')).rows.map(plain))
    await expect(withdrawUnitAct(service.ctx, { actId: act?.actId ?? '', reason: '录错' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('taken back leaves closed what was changed since, and takes back the rest', async () => {
    const { actId } = await recordUnitAct(service.ctx, { ...actIn(), reason: '机构改革' })
    // A file made before the merger would open both again, and says so.
    expect(await importUnits((text) => text, true)).toEqual([
      '9 unit_merged 2026-10-01 C02',
      '10 unit_merged 2026-10-01 C02',
    ])
    await importUnits((text) =>
      text
        .replace(/^C0[45],.*$/gm, '$&2026-10-01')
        .replace(/^C04,.*$/m, '$&\nC04,第4县,4县,J00,county,县区组,room,2026-11-01,'),
    )
    const { kept } = await withdrawUnitAct(service.ctx, { actId, reason: '录错' })
    expect(kept).toEqual([{ unitCode: 'C04', name: '第4县' }])
    const { units } = await getUnitTree(service.ctx, { onDate: '2026-10-15' })
    expect(units.filter(({ unitCode }) => /^C0[45]$/.test(unitCode)).map(({ isOpen }) => isOpen)).toEqual([false, true])
  })
})

const NEW = {
  unitCode: 'D40',
  name: '市商务和招商局',
  shortName: null,
  parentCode: 'J00',
  tier: 'city',
  peerGroup: '市直组',
  dutyMode: 'room',
} as const

describe('bureaus that become another one', () => {
  const act = {
    kind: 'merge',
    fromCodes: ['D01', 'D02'],
    toCodes: ['D40'],
    values: [NEW],
    onDate: '2026-10-01',
  } as const
  const input = () => ({ ...act, fromCodes: [...act.fromCodes], toCodes: [...act.toCodes], values: [...act.values] })

  it('open it by the act itself, which bears what they did; taken back, it never was', async () => {
    const told = { quarter: QUARTER, group: '市直组' }
    const then = await getLeagueTable(service.ctx, told)
    const { actId } = await recordUnitAct(service.ctx, { ...input(), reason: '机构改革方案' })
    const now = await getLeagueTable(service.ctx, { ...told, tree: 'now' })
    const one = now.rows.find(({ unitCode }) => unitCode === 'D40')
    const parts = then.rows.filter(({ unitCode }) => act.fromCodes.some((code) => code === unitCode))
    expect(one?.present?.mergedCodes).toEqual(['D01', 'D02'])
    expect(one?.checks.total).toBe(parts.reduce((sum, { checks }) => sum + checks.total, 0))
    expect((await getLeagueTable(service.ctx, told)).rows).toEqual(then.rows)
    await withdrawUnitAct(service.ctx, { actId, reason: '录错' })
    expect((await getUnitTree(service.ctx, {})).units.map(({ unitCode }) => unitCode)).not.toContain('D40')
    expect((await getLeagueTable(service.ctx, { ...told, tree: 'now' })).rows.length).toBe(then.rows.length)
  })

  it('stays when facts of it have come since', async () => {
    const { actId } = await recordUnitAct(service.ctx, { ...input(), reason: '机构改革方案' })
    const path = join(folder, 'checks.csv')
    await writeFile(
      path,
      'check_code,unit_code,method,checked_at,inspectors,findings,note\nKC-N,D40,phone,2026-11-02 10:00,,,\n',
    )
    const file = {
      kind: 'checks',
      path,
      fileName: 'checks.csv',
      dryRun: false,
      acceptValid: false,
      language: 'en',
    } as const
    expect((await importFile(service.ctx, file)).created).toBe(1)
    const { kept } = await withdrawUnitAct(service.ctx, { actId, reason: '录错' })
    expect(kept).toEqual([{ unitCode: 'D40', name: '市商务和招商局' }])
  })

  it('are closed in an open quarter, whose rollups follow, and a part is split off', async () => {
    const parted = {
      kind: 'split',
      fromCodes: ['D03'],
      toCodes: ['D41', 'D42'],
      onDate: '2026-09-01',
      keepsOld: false,
    } as const
    const values = [
      { ...NEW, unitCode: 'D41', name: '甲局' },
      { ...NEW, unitCode: 'D42', name: '乙局' },
    ]
    const rollups = () =>
      service.database.pool.query(
        `select * from unit_quarter where unit_code = 'D03' and quarter = '2026Q3' order by basis`,
      )
    const before = (await rollups()).rows
    await recordUnitAct(service.ctx, { ...parted, fromCodes: ['D03'], toCodes: ['D41', 'D42'], values, reason: '分设' })
    expect((await rollups()).rows).not.toEqual(before)
    const table = await getLeagueTable(service.ctx, { quarter: QUARTER, group: '市直组' })
    const codes = table.rows.map(({ unitCode }) => unitCode)
    expect([codes.includes('D03'), codes.includes('D41'), codes.includes('D42')]).toEqual([false, true, true])
    const { changes } = await getUnitHistory(service.ctx, { unitCode: 'D03' })
    expect(changes.map(({ kind }) => kind)).toEqual(['opened', 'closed', 'split_into', 'split_into'])
  })
})

describe('one unit', () => {
  const values = { ...NEW, unitCode: 'D14', name: '市第14局', shortName: '14局', dutyMode: 'phone' } as const

  it('is renamed, closed and re-opened from a day on, with a reason; what is wrong is named', async () => {
    const change = {
      kind: 'change',
      unit: { ...values, name: '市民政局' },
      onDate: '2026-10-01',
      reason: '更名',
    } as const
    expect(
      (await previewUnitAct(service.ctx, { kind: 'change', unit: change.unit, onDate: change.onDate })).added,
    ).toMatchObject([
      { name: '市第14局', validTo: '2026-10-01' },
      { name: '市民政局', validFrom: '2026-10-01' },
    ])
    await recordUnitAct(service.ctx, change)
    await recordUnitAct(service.ctx, { kind: 'close', unitCode: 'D14', onDate: '2026-11-01', reason: '停用' })
    await recordUnitAct(service.ctx, { kind: 'reopen', unit: change.unit, onDate: '2026-11-10', reason: '恢复' })
    const { changes } = await getUnitHistory(service.ctx, { unitCode: 'D14' })
    expect(changes.map(({ kind, onDate }) => `${kind} ${onDate}`)).toEqual([
      'opened 2020-01-01',
      'renamed 2026-10-01',
      'closed 2026-11-01',
      'reopened 2026-11-10',
    ])
    await expect(
      recordUnitAct(service.ctx, { kind: 'close', unitCode: 'J00', onDate: '2026-11-01', reason: '停用' }),
    ).rejects.toMatchObject({ reason: 'unit_act_top_stays', params: { unitCode: 'J00', name: '测试市' } })
  })
})

describe('a frozen quarter', () => {
  it('says what it said, byte for byte, whatever is recorded of its units', async () => {
    const program = { programVersion: '0.0.0-test' }
    const { manifestSha256 } = await freezeQuarter(service.ctx, {
      quarter: QUARTER,
      supplement: null,
      asOf: EXAMPLE_AS_OF,
      ...program,
    })
    const told = await getLeagueTable(service.ctx, { quarter: QUARTER, group: GROUP })
    const since = async () =>
      (await listQuarters(service.ctx)).quarters.find(({ quarter }) => quarter === QUARTER)?.since
    // What happens after its end is no late fact of it.
    await recordUnitAct(service.ctx, { kind: 'close', unitCode: 'D05', onDate: '2026-10-01', reason: '停用' })
    expect(await since()).toEqual({ factCount: 0, unitCount: 0 })
    const act = { ...actIn(), onDate: '2026-08-01' }
    expect((await previewUnitAct(service.ctx, act)).frozen).toEqual([QUARTER])
    await recordUnitAct(service.ctx, { ...act, reason: '机构改革' })
    expect(await since()).toEqual({ factCount: 2, unitCount: 2 })
    const again = await getLeagueTable(service.ctx, { quarter: QUARTER, group: GROUP })
    // Only what the line of the unit leads to is marked: it was merged since.
    const plain = ({ breaks: _, ...row }: (typeof told.rows)[number]) => row
    expect(again.rows.map(plain)).toEqual(told.rows.map(plain))
    const check = await checkQuarter(service.ctx, { quarter: QUARTER, recomputes: true })
    expect([check.equal, check.problems, check.manifestSha256]).toEqual([true, [], manifestSha256])
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
