import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrozenManifest, League, QuarterReport } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listChecks } from '../check/list-checks.ts'
import { listEvents } from '../event/list-events.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { exportLeagueXlsx } from '../export/export-league-xlsx.ts'
import { exportObligationsXlsx } from '../export/export-obligations-xlsx.ts'
import { exportUnitDeductionsXlsx } from '../export/export-unit-deductions-xlsx.ts'
import { importFile } from '../import/import-file.ts'
import { getLeague } from '../league/get-league.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { listObligations } from '../obligation/list-obligations.ts'
import { getOverview } from '../overview/get-overview.ts'
import { createTestService, EXAMPLE_AS_OF, importExample, type TestService } from '../testing/example-quarter.ts'
import { listUnits } from '../unit/list-units.ts'
import { getUnitPage } from '../unit/get-unit-page.ts'
import { checkQuarter, checkQuarterFolder } from './check-quarter.ts'
import { exportQuarterFolder } from './export-quarter.ts'
import { type FreezeArgs, freezeQuarter } from './freeze-quarter.ts'
import { getQuarterDifference } from './get-difference.ts'
import { listQuarters } from './list-quarters.ts'

const Q3 = toQuarter('2026Q3')
/** The example quarter, frozen as of its instant: the same on every machine, in every zone, under every locale. */
const GOLDEN = '284a3532584bb755d64b3c82052954834ba3f49e4f8ff98956eeae59f859e0b2'
const PROGRAM = { programVersion: '0.0.0-test' }
const FIRST: FreezeArgs = { quarter: Q3, asOf: EXAMPLE_AS_OF, supplement: null, ...PROGRAM }

let service: TestService
let folder: string
let report: QuarterReport
/** What pages told before anything was frozen, asked about the same instant. */
let before: { league: string; page: string }

async function importText(kind: 'bonuses' | 'checks' | 'units', text: string) {
  const path = join(folder, `${kind}.csv`)
  writeFileSync(path, text)
  const file = { kind, path, fileName: `${kind}.csv`, acceptValid: false, language: 'en' } as const
  return {
    tried: await importFile(service.ctx, { ...file, dryRun: true }),
    import: () => importFile(service.ctx, { ...file, dryRun: false }),
  }
}

/** The first lines of an exported sheet. */
async function headOf(file: Promise<ExportedFile>): Promise<string> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await new Response((await file).body).arrayBuffer())
  const rows = book.worksheets[0]?.getRows(1, 7) ?? []
  return rows.map((row) => row.getCell(1).text).join('\n')
}

/** The file of a group's table in the exported folder. */
function tableOf(group: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package/manifest.json'), 'utf8')) as FrozenManifest
  return manifest.files.find((file) => file.group === group)?.name ?? ''
}

beforeAll(async () => {
  service = await createTestService()
  folder = mkdtempSync(join(tmpdir(), 'zhidu-quarter-'))
  await importExample(service.ctx)
  const at = { quarter: Q3, asOf: EXAMPLE_AS_OF }
  before = {
    league: JSON.stringify(await getLeague(service.ctx, { ...at, group: '县区组' })),
    page: JSON.stringify(await getUnitPage(service.ctx, { ...at, unitCode: 'C01' })),
  }
  report = await freezeQuarter(service.ctx, FIRST)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await service?.database.close()
})

describe('a frozen quarter', () => {
  it('is the same text on every machine', () => {
    expect(report.manifestSha256).toBe(GOLDEN)
  })

  it('holds the tables as the command prints them', async () => {
    const target = join(folder, 'package')
    await exportQuarterFolder(service.ctx, { quarter: Q3 }, target)
    // The ranges of the places are drawn when it is read; what is frozen is whole numbers alone.
    const { rows, ...head } = JSON.parse(before.league) as League
    expect(rows.some(({ rankInterval }) => rankInterval !== null)).toBe(true)
    const frozen = { ...head, rows: rows.map((row) => ({ ...row, rankInterval: null })) }
    expect(readFileSync(join(target, tableOf('县区组')), 'utf8')).toBe(`${JSON.stringify(frozen)}\n`)
    expect(JSON.parse(readFileSync(join(target, 'record.json'), 'utf8'))).toMatchObject(PROGRAM)
  })

  it('is computed again to the same bytes from its own facts', async () => {
    const again = await checkQuarter(service.ctx, { quarter: Q3, recomputes: true })
    expect(again).toMatchObject({ equal: true, problems: [], manifestSha256: GOLDEN })
  })

  it.each([
    ['Asia/Kathmandu', 'zh_CN.UTF-8'],
    ['America/St_Johns', 'tr_TR.UTF-8'],
  ])('is computed again from a folder, without a database, in %s under %s', (TZ, LANG) => {
    const script = join(import.meta.dirname, '../testing/recompute-child.ts')
    const child = spawnSync(process.execPath, [script, join(folder, 'package')], {
      env: { PATH: process.env['PATH'], TZ, LANG, LC_ALL: LANG },
      encoding: 'utf8',
    })
    expect(child.stderr).toBe('')
    expect(JSON.parse(child.stdout)).toMatchObject({ equal: true, manifestSha256: GOLDEN })
  })

  it('is known by a changed note of a check, a changed place, and another name of a group', async () => {
    const target = join(folder, 'package')
    const check = (): Promise<QuarterReport> => checkQuarterFolder(target, { quarter: Q3, recomputes: true })
    const attempt = async (name: string, change: (text: string) => string): Promise<QuarterReport['problems']> => {
      const path = join(target, name)
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, change(text))
      const { problems } = await check()
      writeFileSync(path, text)
      return problems
    }
    const differs = (file: string) => [{ file, reason: 'file_differs' }]
    const one = 'facts/checks.jsonl'
    expect(await attempt(one, (text) => text.replace('"note":null', '"note":"x"'))).toEqual(differs(one))
    const table = tableOf('县区组')
    expect(await attempt(table, (text) => text.replace('"rank":1', '"rank":2'))).toEqual(differs(table))
    expect(await attempt('manifest.json', (text) => text.replaceAll('县区组', '县组'))).toEqual([
      { file: table, reason: 'result_differs' },
    ])
    expect((await check()).equal).toBe(true)
  })

  it('is told by every page unless an instant is asked about, and says so', async () => {
    const page = await getUnitPage(service.ctx, { quarter: Q3, unitCode: 'C01' })
    const { frozen, ...provenance } = page.provenance
    expect(frozen).toMatchObject({ version: 1, manifestSha256: GOLDEN, frozenBy: 'test' })
    expect({ ...page, provenance }).toEqual(JSON.parse(before.page))
    expect(JSON.stringify(await getLeague(service.ctx, { quarter: Q3, group: '县区组' }))).toBe(before.league)
    expect((await getOverview(service.ctx, { quarter: Q3 })).provenance.frozen?.version).toBe(1)
    const asked = await getUnitPage(service.ctx, { quarter: Q3, unitCode: 'C01', asOf: EXAMPLE_AS_OF })
    expect(asked.provenance.frozen).toBeUndefined()
    // Lists of events, checks and units are of present facts: they say that the quarter is frozen, and as what.
    const lists = [listEvents, listChecks, listUnits, listObligations].map((list) => list(service.ctx, { quarter: Q3 }))
    for (const { provenance: present } of await Promise.all(lists)) {
      expect(present).toMatchObject({ frozenApart: { quarter: Q3, version: 1, manifestSha256: GOLDEN } })
      expect(present.frozen).toBeUndefined()
    }
    expect(await headOf(exportLeagueXlsx(service.ctx, { quarter: Q3, group: '县区组' }, 'zh-CN'))).toContain(
      `已冻结 第 1 版，${frozen?.frozenAt.slice(0, 16).replace('T', ' ')}，test，清单 SHA-256 ${GOLDEN}`,
    )
    expect(await headOf(exportUnitDeductionsXlsx(service.ctx, { quarter: Q3, unitCode: 'C01' }, 'en'))).toContain(
      `Frozen, version 1,`,
    )
    const obligations = await headOf(exportObligationsXlsx(service.ctx, { quarter: Q3, unitCode: 'C01' }, 'zh-CN'))
    expect(obligations).toContain(`本季已冻结（第 1 版，清单 SHA-256 ${GOLDEN}）；本表列的是现在的事实`)
  })

  it('cannot be frozen again, nor a quarter that runs, nor one whose year has no calendar', async () => {
    await expect(freezeQuarter(service.ctx, FIRST)).rejects.toMatchObject({ reason: 'quarter_frozen' })
    const of = (quarter: string) =>
      freezeQuarter(service.ctx, { quarter: toQuarter(quarter), supplement: null, ...PROGRAM })
    await expect(of('2026Q4')).rejects.toMatchObject({ reason: 'quarter_running' })
    await expect(of('2025Q3')).rejects.toMatchObject({ reason: 'freeze_calendar_missing', params: { year: '2025' } })
  })
})

describe('a fact that comes late', () => {
  it('is taken with a warning, counted, and changes nothing that is frozen', async () => {
    const file = await importText(
      'bonuses',
      'bonus_code,unit_code,kind,awarded_on,event_code\nLATE-1,C01,media,2026-09-30,\n',
    )
    expect(file.tried.warnings).toMatchObject([
      { code: 'quarter_frozen', params: { quarter: '2026Q3', rows: '1', units: '1' } },
    ])
    await file.import()
    expect(JSON.stringify(await getLeague(service.ctx, { quarter: Q3, group: '县区组' }))).toBe(before.league)
    const { quarters } = await listQuarters(service.ctx)
    const item = quarters.find(({ quarter }) => quarter === Q3)
    expect(item).toMatchObject({ state: 'frozen', since: { factCount: 1, unitCount: 1 }, obstacle: null })
    expect((await checkQuarter(service.ctx, { quarter: Q3, recomputes: true })).equal).toBe(true)
  })

  it('makes a supplement that says what changed, and is the rank before of the next quarter', async () => {
    const supplement = { reason: '补录加分' }
    const second = await freezeQuarter(service.ctx, { ...FIRST, supplement })
    expect(second).toMatchObject({ version: 2, equal: true })
    expect((await checkQuarter(service.ctx, { quarter: Q3, version: 2, recomputes: true })).problems).toEqual([])
    const { units } = await getQuarterDifference(service.ctx, { quarter: Q3, version: 2 })
    const own = units.find(({ unitCode }) => unitCode === 'C01')
    expect(own?.facts).toEqual([{ kind: 'bonuses', ref: 'LATE-1', change: 'added' }])
    expect((own?.after?.score ?? 0) - (own?.before?.score ?? 0)).toBe(1)
    const next = await getLeagueTable(service.ctx, { quarter: toQuarter('2026Q4'), group: '县区组' })
    expect(next.rows.find(({ unitCode }) => unitCode === 'C01')?.previousRank).toBe(own?.after?.rank)
    await expect(freezeQuarter(service.ctx, { ...FIRST, supplement })).rejects.toMatchObject({
      reason: 'supplement_without_change',
    })
  })
})

describe('what a superuser changes', () => {
  it.each([
    [
      `update frozen_quarter set manifest = replace(manifest, '1.0', '1.1'), manifest_sha256 =
      encode(sha256(convert_to(replace(manifest, '1.0', '1.1'), 'UTF8')), 'hex')`,
      'audit_differs',
    ],
    [
      `update frozen_part set content = '\\x20', is_gzip = false where file_name = 'facts/reports.jsonl' and part = 0`,
      'file_differs',
    ],
    [`delete from frozen_part where file_name = 'results/units.jsonl' and unit_code = 'C01'`, 'file_differs'],
    [`update audit_entry set text = replace(text, '"version":1', '"version":9')`, 'audit_missing'],
    [`update frozen_quarter set as_of = as_of + interval '1 second'`, 'head_differs'],
  ])('is known: %s', async (statement, reason) => {
    const client = await service.database.pool.connect()
    try {
      await client.query(`set session_replication_role = replica; create table kept_q as table frozen_quarter;
        create table kept_p as table frozen_part; create table kept_a as table audit_entry; ${statement}`)
      const { problems } = await checkQuarter(service.ctx, { quarter: Q3, version: 1, recomputes: false })
      expect(problems.map((one) => one.reason)).toContain(reason)
    } finally {
      await client.query(`delete from frozen_part; delete from frozen_quarter; delete from audit_entry;
        insert into frozen_part table kept_p; insert into frozen_quarter table kept_q; insert into audit_entry table kept_a;
        drop table kept_p, kept_q, kept_a; set session_replication_role = origin`)
      client.release()
    }
    expect((await checkQuarter(service.ctx, { quarter: Q3, version: 1, recomputes: false })).problems).toEqual([])
  })
})

it('of demonstration data goes with them, and no other ever does', async () => {
  const other = await createTestService()
  try {
    const { pool } = other.database
    await pool.query(`insert into setting values ('synthetic', '"loaded"')`)
    await importExample(other.ctx, { isDemonstration: true })
    expect((await freezeQuarter(other.ctx, FIRST)).manifestSha256).toBe(GOLDEN)
    await pool.query('select clear_demonstration()')
    const count = `select (select count(*) from frozen_quarter)::int as n, (select count(*) from frozen_part)::int as m`
    expect((await pool.query(count)).rows).toEqual([{ n: 0, m: 0 }])
    await expect(service.database.pool.query('delete from frozen_part')).rejects.toThrow('stays as it is')
  } finally {
    await other.database.close()
  }
})
