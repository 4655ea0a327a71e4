import { type CaveatTable, listCaveats } from '@zhidu/contract/reading'
import { permissionsOf, toQuarter } from '@zhidu/domain'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { getLeagueStanding } from '../league/ranges/get-standing.ts'
import { createTestService, EXAMPLE_AS_OF, importExample, type TestService } from '../testing/example-quarter.ts'
import { exportFunnel, exportTrend } from './export-indicators.ts'
import { exportLeagueXlsx } from './export-league-xlsx.ts'
import type { ExportedFile } from './exported-file.ts'

const INPUT = { quarter: toQuarter('2026Q3'), group: '市直组', asOf: EXAMPLE_AS_OF }
const OWN = 'D05'

let service: TestService
let ctx: ServiceContext

beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
  const actor = {
    kind: 'account',
    accountId: '0190a000-0000-7000-8000-000000000001',
    sessionId: '0190a000-0000-7000-8000-000000000002',
    loginName: 'zhiban',
    displayName: '值班甲',
    unitCode: OWN,
    roles: ['unit_officer'],
    permissions: permissionsOf(['unit_officer']),
    mustChangePassword: false,
    address: '127.0.0.1',
    viewer: null,
  } as const
  ctx = { ...service.ctx, actor }
})
afterAll(() => service.database.close())

async function sheetsOf(reader: ServiceContext): Promise<string[][][]> {
  const { body } = await exportLeagueXlsx(reader, INPUT, 'zh-CN')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await new Response(body).arrayBuffer())
  return book.worksheets.map((sheet) => {
    const rows: string[][] = []
    sheet.eachRow((row) => {
      const cells: string[] = []
      row.eachCell((cell) => void cells.push(cell.text))
      rows.push(cells)
    })
    return rows
  })
}

it('gives a unit its own row, the scores of its group in bands, and no other name than the first three', async () => {
  const [first, second, ...more] = await sheetsOf(ctx)
  expect(more).toEqual([])
  const { peers, rows, total } = await getLeagueTable(ctx, INPUT)
  if (peers === null) throw new Error('the whole group is in reach')
  expect(rows.map(({ unitCode }) => unitCode)).toEqual([OWN])
  const codes = first?.flat().filter((text) => /^D\d+$/.test(text))
  expect(codes).toEqual([OWN])
  expect(first?.flat().join('\n')).toContain(`全组 ${total.unitCount} 家`)
  expect(first?.flat().join('\n')).toContain(`组均（${total.measuredCount} 家）；其他单位的件数、次数不显示`)
  const counts = second?.filter(([band]) => band?.endsWith(' 分')).map(([, count]) => Number(count)) ?? []
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(peers.scores.length)

  const whole = await getLeagueTable(service.ctx, INPUT)
  const told = new Set([...peers.top.map(({ name }) => name), rows[0]?.name])
  const text = [first, second].flat(2).join('\n')
  for (const name of told) expect(text).toContain(name)
  expect(whole.rows.length).toBeGreaterThan(10)
  expect(whole.rows.map(({ name }) => name).filter((name) => !told.has(name) && text.includes(name))).toEqual([])
})

it('says of the whole group how sure it is: sums, ranges, bands, and lists with how surely each belongs there', async () => {
  const [table, lists, ...more] = await sheetsOf(service.ctx)
  expect(more).toEqual([])
  const { total } = await getLeagueTable(service.ctx, INPUT)
  expect(table?.flat()).toContain(String(total.timeliness.owed))
  const standing = await getLeagueStanding(service.ctx, INPUT)
  const [own] = standing.rows
  if (own === undefined) throw new Error('nobody is ranked')
  const header = table?.find((line) => line.includes('可能名次 自')) ?? []
  const line = table?.find((cells) => cells.includes(own.unitCode)) ?? []
  const { high, low } = own.rankInterval
  const figures = ['可能名次 自', '可能名次 至', '期望名次', '档'].map((title) => Number(line[header.indexOf(title)]))
  expect(figures).toEqual([low, high, Math.round(own.expectedRank * 10) / 10, own.band])
  expect(table?.flat().join('\n')).toMatch(/本季(能|只能)分出|分不出档|不宜当排名看/)
  expect(table?.flat().join('\n')).toContain('可排名性')
  const listed = [...standing.praise, ...standing.criticism]
  const codes = lists?.flat().filter((text) => /^D\d+$/.test(text)) ?? []
  expect(codes.toSorted()).toEqual(listed.map(({ unitCode }) => unitCode).toSorted())
  // First and last are words of the sets that hold together, not of the place.
  const ends = listed.filter(({ isEnd }) => isEnd).length
  expect(lists?.flat().filter((text) => /列(第一|末位)$/.test(text))).toHaveLength(ends)
})

it('writes a file with the order of the expected rank', async () => {
  const { body } = await exportLeagueXlsx(service.ctx, { ...INPUT, sort: 'expected' }, 'en')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await new Response(body).arrayBuffer())
  const codes: string[] = []
  book.worksheets[0]?.eachRow((row) =>
    row.eachCell((cell) => {
      if (/^D\d+$/.test(cell.text)) codes.push(cell.text)
    }),
  )
  const { rows } = await getLeagueStanding(service.ctx, INPUT)
  const expected = rows.toSorted((a, b) => a.expectedRank - b.expectedRank).map(({ unitCode }) => unitCode)
  expect(codes.slice(0, expected.length)).toEqual(expected)
})

/** All cells of a file. */
async function cellsOf({ body, fileName }: ExportedFile): Promise<string[]> {
  const response = new Response(body)
  if (fileName.endsWith('.csv')) return (await response.text()).split(/\r?\n/).map((line) => line.replaceAll('"', ''))
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await response.arrayBuffer())
  const texts: string[] = []
  book.worksheets.forEach((sheet) => sheet.eachRow((row) => row.eachCell((cell) => void texts.push(cell.text))))
  return texts
}

it.each(['zh-CN', 'en'] as const)('lets no table leave without its caveats, %s', async (language) => {
  const trend = { quarter: INPUT.quarter, asOf: INPUT.asOf, unitCode: OWN }
  const files: readonly (readonly [CaveatTable, ExportedFile])[] = [
    ['league', await exportLeagueXlsx(service.ctx, INPUT, language)],
    ['funnel', await exportFunnel(service.ctx, INPUT, { format: 'xlsx', language })],
    ['funnel', await exportFunnel(service.ctx, INPUT, { format: 'csv', language })],
    ['trend', await exportTrend(service.ctx, trend, { format: 'xlsx', language })],
    ['trend', await exportTrend(service.ctx, trend, { format: 'csv', language })],
  ]
  for (const [table, file] of files) {
    const caveats = listCaveats(table, language)
    expect(caveats.length).toBeGreaterThan(1)
    expect(await cellsOf(file)).toEqual(expect.arrayContaining(caveats))
  }
})
