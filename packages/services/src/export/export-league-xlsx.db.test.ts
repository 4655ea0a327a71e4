import { permissionsOf, toQuarter } from '@zhidu/domain'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { createTestService, EXAMPLE_AS_OF, importExample, type TestService } from '../testing/example-quarter.ts'
import { exportLeagueXlsx } from './export-league-xlsx.ts'

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

it('stays one sheet with sums for whoever reaches the whole group', async () => {
  const sheets = await sheetsOf(service.ctx)
  expect(sheets).toHaveLength(1)
  const { total } = await getLeagueTable(service.ctx, INPUT)
  expect(sheets[0]?.flat()).toContain(String(total.timeliness.owed))
})
