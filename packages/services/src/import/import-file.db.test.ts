import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportResult, Kind } from '@zhidu/contract'
import iconv from 'iconv-lite'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { markDemonstration } from '../demonstration/demonstration.ts'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { importFile } from './import-file.ts'
import type { ImportArgs } from './import-types.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-import-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let service: TestService
beforeEach(async () => {
  service = await createTestService()
})
afterEach(() => service.database.close())

const UNITS = `unit_code,name,parent_code,tier,peer_group,duty_mode,valid_from,valid_to
J00,测试市,,city,本级,room,,
C02,乙县,J00,county,县区组,room,,
C01,甲县,J00,county,县区组,phone,2026-01-01,2026-09-01
`
const HEADER =
  'event_code,unit_code,stage,sequence,category,level,occurred_at,learned_at,phoned_at,written_at,elements\n'
const FIRST = 'E1,C01,first,,accident,III,2026-07-03 14:00,2026-07-03 14:05,,2026-07-03 14:50,source\n'

/** Imports text as a CSV file. */
function take(kind: Kind, content: string | Uint8Array, options: Partial<ImportArgs> = {}): Promise<ImportResult> {
  const path = join(folder, `${kind}.csv`)
  writeFileSync(path, content)
  return importFile(service.ctx, {
    kind,
    path,
    fileName: `${kind}.csv`,
    dryRun: false,
    acceptValid: false,
    language: 'zh-CN',
    ...options,
  })
}

function issuesOf(issues: ImportResult['errors']): string[] {
  return issues.map(({ code, column, row }) => `${row} ${column ?? '-'} ${code}`)
}

async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  const { rows } = await service.database.pool.query<Record<string, unknown>>(`select * from ${table} order by 1`)
  return rows
}

async function countAll(): Promise<number> {
  const { rows } = await service.database.pool.query<{
    n: number
  }>(`select (select count(*) from unit) + (select count(*) from unit_period)
    + (select count(*) from report) + (select count(*) from event_case) + (select count(*) from import_file)
    + (select count(*) from unit_quarter) as n`)
  return rows[0]?.n ?? -1
}

describe('a file that was imported before', () => {
  it('changes nothing the second time, of any kind', async () => {
    await importExample(service.ctx)
    const before = await countAll()
    await expect(importExample(service.ctx)).rejects.toThrow('"created":0')
    expect(await countAll()).toBe(before)
  })

  it('corrects what differs and keeps the history with its times and its file', async () => {
    await take('units', UNITS)
    await take('reports', HEADER + FIRST)
    service.setNow(service.ctx.clock() + 1_000)
    const result = await take('reports', HEADER + FIRST.replace('14:50', '15:10') + FIRST.replace('E1', 'E2'))
    expect(result).toMatchObject({ rows: 2, created: 1, updated: 1, unchanged: 0, rejected: 0 })
    const versions = (await rowsOf('report')).filter((row) => row['event_code'] === 'E1')
    expect(versions).toHaveLength(2)
    const [old, present] = versions[0]?.['replaced_at'] === null ? versions.reverse() : versions
    expect(old).toMatchObject({
      replaced_at: service.ctx.clock(),
      replaced_by: present?.['import_id'],
      written_at: Date.parse('2026-07-03T14:50+08:00'),
    })
    expect(present).toMatchObject({ replaced_at: null, written_at: Date.parse('2026-07-03T15:10+08:00') })
  })
})

describe('units', () => {
  it('stand in the order of their first appearance, later files after earlier ones', async () => {
    await take('units', UNITS)
    await take('units', UNITS.replace('C02,乙县', 'C03,丙县'))
    expect((await rowsOf('unit')).map(({ position, unit_code }) => [unit_code, position])).toEqual([
      ['C01', 3],
      ['C02', 2],
      ['C03', 4],
      ['J00', 1],
    ])
  })

  it('may close and open again; intervals of one code do not overlap, in the file or with what is on record', async () => {
    const row = (from: string, to: string): string => `C01,甲县,J00,county,县区组,phone,${from},${to}\n`
    await take('units', UNITS)
    expect(await take('units', UNITS + row('2026-09-01', ''))).toMatchObject({ created: 1, unchanged: 3, rejected: 0 })
    const header = UNITS.slice(0, UNITS.indexOf('\n') + 1)
    const inFile = await take('units', header + row('2024-01-01', '2025-01-01') + row('2024-12-31', '2025-06-01'))
    expect(issuesOf(inFile.errors)).toEqual(['2 valid_from interval_overlap_row', '3 valid_from interval_overlap_row'])
    const stored = await take('units', header + row('2025-01-01', '2026-01-02'))
    expect(issuesOf(stored.errors)).toEqual(['2 valid_from interval_overlap_stored'])
    expect(stored.errors[0]?.reason).toContain('2026-01-01 – 2026-09-01')
    const moved = await take('units', header + row('2026-01-01', '2026-08-01') + row('2026-08-01', '2026-09-01'))
    expect(moved).toMatchObject({ created: 1, updated: 1, rejected: 0 })
  })

  it('name a parent that exists, is not refused itself, and is not below them', async () => {
    const units = UNITS.replace('乙县,J00', '乙县,J0').replace('甲县,J00,county', '甲县,C02,county')
    const { errors } = await take('units', units)
    expect(issuesOf(errors)).toEqual(['3 parent_code parent_unknown', '4 parent_code parent_refused'])
    expect(errors[0]?.accepted).toContain('J00 测试市')
    const circle = UNITS.replace('测试市,,city', '测试市,C01,city')
    expect(issuesOf((await take('units', circle)).errors)).toEqual([
      '2 parent_code parent_cycle',
      '3 parent_code parent_refused',
      '4 parent_code parent_cycle',
    ])
  })

  it('take the demonstration city away, and say so beforehand', async () => {
    await take('units', UNITS.replaceAll('C0', 'X0'))
    await take('reports', HEADER + FIRST.replace('C01', 'X01'))
    await markDemonstration(service.ctx, 'loaded')
    const tried = await take('units', UNITS, { dryRun: true })
    expect(issuesOf(tried.warnings)).toEqual(['0 - demonstration_replaced'])
    expect(await rowsOf('report')).toHaveLength(1)
    expect(await take('units', UNITS)).toMatchObject({ created: 3 })
    expect((await rowsOf('unit')).map((row) => row['unit_code'])).toEqual(['C01', 'C02', 'J00'])
    expect(await rowsOf('report')).toEqual([])
    expect((await take('units', UNITS)).warnings).toEqual([])
  })
})

describe('a refused file', () => {
  it('reports every error of every row at once and changes nothing', async () => {
    await take('units', UNITS)
    const before = await countAll()
    const content = `${HEADER}E1,C10,first,,accident,四级,2026-07-03 14:00,2026-07-03 13:00,,,foo
E2,C01,first,,accident,IV,1970-01-01 00:00,2099-01-01 00:00,,=1+1,
E3,C01,first,,accident,IV,2026-07-03 14:00,2026-07-03 14:05,,,
E3,C01,first,0,accident,III,2026-07-03 14:00,2026-07-03 14:05,,,
`
    const result = await take('reports', content)
    expect(result).toMatchObject({ rows: 4, created: 0, updated: 0, unchanged: 0, rejected: 4 })
    expect(issuesOf(result.errors)).toEqual([
      '2 unit_code unit_unknown',
      '2 level word',
      '2 learned_at before_occurred',
      '2 elements list_word',
      '3 occurred_at date_too_early',
      '3 learned_at date_too_late',
      '3 written_at formula',
      '4 - duplicate',
      '5 - duplicate',
    ])
    const [unknown] = result.errors
    expect(unknown).toMatchObject({
      value: 'C10',
      reason: '报送单位编码 C10 不存在',
      accepted: '请填已导入的单位编码；最接近的是 C01 甲县',
    })
    expect(result.errors.at(-1)?.reason).toBe('与第 4 行重复：E3 C01 first 0')
    expect(await countAll()).toBe(before)
  })

  it('gives its valid rows when asked to, and leaves the others', async () => {
    await take('units', UNITS)
    const content = HEADER + FIRST + FIRST.replace('E1,C01', 'E2,C09')
    expect(await take('reports', content, { dryRun: true })).toMatchObject({ rows: 2, created: 1, rejected: 1 })
    expect(await take('reports', content)).toMatchObject({ rows: 2, created: 0, rejected: 1 })
    expect(await rowsOf('report')).toEqual([])
    expect(await take('reports', content, { acceptValid: true })).toMatchObject({ rows: 2, created: 1, rejected: 1 })
    expect(await rowsOf('report')).toHaveLength(1)
    expect(await rowsOf('import_file')).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'reports', rejected_count: 1 })]),
    )
  })

  it.each([
    ['天气,unit_code', ['1 - column_unknown', '1 event_code column_missing']],
    ['', ['0 - file_empty']],
    ['<html><body>登录</body></html>', ['0 - file_is_html']],
    [`${HEADER}"E1,C01\n`, ['0 - csv_quote']],
    [iconv.encode('編碼,名稱,層級\n一,二,三\n', 'big5'), ['0 - encoding_unknown']],
  ])('as a whole: %s', async (content, codes) => {
    const { errors, rejected, rows } = await take('reports', content)
    expect(issuesOf(errors).slice(0, codes.length)).toEqual(codes)
    expect([rows, rejected]).toEqual([0, 0])
  })

  it('says that the units come first when there are none', async () => {
    expect((await take('reports', HEADER + FIRST)).errors).toMatchObject([
      { code: 'unit_none', reason: '报送单位编码 C01 不存在，系统里还没有单位' },
    ])
  })
})

it('warns of days on which the unit is closed, of the future, and of reports out of order, and takes them', async () => {
  await take('units', UNITS)
  const content = `${HEADER}E1,C01,first,,accident,III,2026-08-31 23:00,2026-09-01 00:00,,2026-09-01 00:30,
E1,C01,follow_up,1,accident,III,2026-08-31 23:00,2026-08-31 23:59:59,,2026-09-01 00:29:59,
E2,C02,final,,accident,III,2026-07-01 00:00,2026-07-01 00:00,,2026-12-01 00:00,
`
  const result = await take('reports', content)
  expect(issuesOf(result.warnings)).toEqual([
    '2 learned_at unit_closed',
    '3 written_at before_first',
    '4 stage first_missing',
    '4 written_at in_future',
  ])
  expect(result).toMatchObject({ created: 3, errors: [] })
})

it('chooses the judged row anew when the first report comes in a later file', async () => {
  await take('units', UNITS)
  await take(
    'reports',
    `${HEADER}E1,C02,final,,accident,IV,2026-07-01 00:00,2026-07-01 01:00,,,
E1,C02,follow_up,2,accident,II,2026-07-01 00:00,2026-07-01 01:00,,,
E1,C02,follow_up,1,accident,III,2026-07-01 00:00,2026-07-01 01:00,,,
`,
  )
  expect(await rowsOf('event_case')).toMatchObject([{ level: 'III', learned_at: Date.parse('2026-07-01T01:00+08:00') }])
  await take('reports', `${HEADER}E1,C02,first,,accident,I,2026-07-01 00:30,2026-07-01 02:00,,,\n`)
  expect(await rowsOf('event_case')).toMatchObject([{ level: 'I', learned_at: Date.parse('2026-07-01T02:00+08:00') }])
})

it('brings the rollups of both sides in line when a fact moves to another unit or quarter', async () => {
  await take('units', UNITS)
  const rollups = async (column: string): Promise<Record<string, unknown>> => {
    const rows = (await rowsOf('unit_quarter')).filter((row) => row['basis'] === 'latest' && row[column] !== 0)
    return Object.fromEntries(rows.map((row) => [`${String(row['unit_code'])} ${String(row['quarter'])}`, row[column]]))
  }
  const checks = 'check_code,unit_code,method,checked_at\n'
  await take('checks', `${checks}K1,C02,phone,2026-07-03 10:00\n`)
  expect(await rollups('check_total')).toEqual({ 'C02 2026Q3': 1 })
  await take('checks', `${checks}K1,C01,phone,2026-06-30 23:59:59\n`)
  expect(await rollups('check_total')).toEqual({ 'C01 2026Q2': 1 })
  await take('reports', HEADER + FIRST.replace('C01', 'C02'))
  expect(await rollups('on_time_count')).toEqual({ 'C02 2026Q3': 1 })
  await take('reports', HEADER + FIRST.replace('C01', 'C02').replaceAll('2026-07-03', '2026-06-03'))
  expect(await rollups('on_time_count')).toEqual({ 'C02 2026Q2': 1 })
  // The row that is judged changes although no row of the earlier quarter does.
  const later = FIRST.replace('E1,C01', 'E2,C02')
  await take('reports', HEADER + later.replace('first,', 'follow_up,1').replaceAll('2026-07-03', '2026-06-30'))
  expect(await rollups('missing_count')).toEqual({ 'C02 2026Q2': 1 })
  await take('reports', HEADER + later)
  expect(await rollups('missing_count')).toEqual({})
})

it('reads GB 18030 and Chinese words to the same facts', async () => {
  await take('units', UNITS)
  await take('reports', HEADER + FIRST)
  const content =
    '已报要素,书面报告时间,获悉时间,事发时间,事件级别,事件类别,报告阶段,报送单位编码,事件编号\n信息来源,2026/7/3 14:50,2026/7/3 14:05,2026/7/3 14:00,Ⅲ较大,事故灾难,首报,C01,E1\n'
  expect(await take('reports', iconv.encode(content, 'gb18030'))).toMatchObject({ rows: 1, unchanged: 1, errors: [] })
})

it('stops when told to and leaves nothing, at whatever step', async () => {
  await take('units', UNITS)
  const before = await countAll()
  const content = HEADER + Array.from({ length: 3_000 }, (_, index) => FIRST.replace('E1', `E${index}`)).join('')
  for (const phase of ['reading', 'checking', 'writing']) {
    const abort = new AbortController()
    const onProgress: ImportArgs['onProgress'] = (progress) => {
      if (progress.phase === phase && (phase !== 'reading' || progress.rowsRead > 0)) abort.abort()
    }
    await expect(take('reports', content, { signal: abort.signal, onProgress })).rejects.toThrow('aborted')
    expect(await countAll()).toBe(before)
  }
})

it('lets one import at a time write; both files are there in the end', async () => {
  await take('units', UNITS)
  const files = ['A', 'B', 'C'].map((name) => {
    const path = join(folder, `${name}.csv`)
    writeFileSync(path, HEADER + FIRST + FIRST.replace('E1', `E-${name}`))
    return importFile(service.ctx, {
      kind: 'reports',
      path,
      fileName: name,
      dryRun: false,
      acceptValid: false,
      language: 'en',
    })
  })
  const results = await Promise.all(files)
  expect(results.map(({ created }) => created).toSorted((a, b) => a - b)).toEqual([1, 1, 2])
  expect(await rowsOf('report')).toHaveLength(4)
})
