import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KIND_SHEETS, KINDS } from '@zhidu/contract'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { importFile } from './import-file.ts'
import { makeTemplateXlsx } from './template.ts'

let service: TestService
let folder: string
beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
  folder = await mkdtemp(join(tmpdir(), 'zhidu-template-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await service.database.close()
})

/** Saved, and opened by another library than the one that wrote it. */
async function openTemplate(kind: (typeof KINDS)[number], language: 'zh-CN' | 'en') {
  const { body } = await makeTemplateXlsx(service.ctx, { kind, language })
  const path = join(folder, `${kind}-${language}.xlsx`)
  await writeFile(path, body instanceof Uint8Array ? body : Buffer.from(await new Response(body).arrayBuffer()))
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.readFile(path)
  const [sheet, instructions, units] = workbook.worksheets
  if (sheet === undefined || instructions === undefined || units === undefined) throw new Error('a sheet is missing')
  return { path, workbook, sheet, instructions, units }
}

describe('a template', () => {
  it('has the names of the columns, an example, and a line of instruction for each column', async () => {
    for (const kind of KINDS) {
      const { instructions, sheet } = await openTemplate(kind, 'zh-CN')
      const names = KIND_SHEETS[kind].columns.map((column) => column.name['zh-CN'])
      expect(sheet.getRow(1).values).toEqual([undefined, ...names])
      expect(sheet.getCell('A2').value).toBe('示例（本行不导入）')
      expect(instructions.name).toBe('填写说明')
      const described = instructions.getColumn(1).values.map(String)
      for (const name of names) expect(described).toContain(name)
    }
  })

  it('offers words and unit codes in drop-downs, and holds everything as text', async () => {
    const { sheet, units } = await openTemplate('reports', 'zh-CN')
    const lists = sheet.columns.map((_, index) => sheet.getCell(3, index + 1).dataValidation?.formulae?.[0])
    expect(lists[2]).toBe('"首报,续报,终报"')
    expect(lists[5]).toBe('"Ⅰ特别重大,Ⅱ重大,Ⅲ较大,Ⅳ一般"')
    expect(lists[1]).toBe(`'单位编码'!$A$2:$A$${units.rowCount}`)
    expect(units.getCell('A2').value).toBe('J00')
    for (const cell of ['A3', 'G3', 'G500']) expect(sheet.getCell(cell).numFmt).toBe('@')
  })

  it('offers keys in English', async () => {
    const { sheet } = await openTemplate('reports', 'en')
    expect(sheet.getCell('C1').value).toBe('stage')
    expect(sheet.getCell('C3').dataValidation?.formulae).toEqual(['"first,follow_up,final"'])
  })

  it('is imported as it is: its example is no data', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { path } = await openTemplate('reports', language)
      const result = await importFile(service.ctx, {
        kind: 'reports',
        path,
        fileName: 't.xlsx',
        dryRun: true,
        acceptValid: false,
        language,
      })
      expect(result).toMatchObject({ rows: 0, errors: [] })
    }
  })

  it('filled in by another program, with real dates, numbers and words, is imported', async () => {
    const { path, sheet, workbook } = await openTemplate('checks', 'zh-CN')
    sheet.getRow(3).values = [
      20_260_703,
      'C01',
      '电话',
      new Date(Date.UTC(2026, 6, 3, 22, 6, 29, 700)),
      '甲；乙',
      '脱岗；无人接听',
      null,
    ]
    sheet.getCell('D3').numFmt = 'yyyy-mm-dd hh:mm'
    await workbook.xlsx.writeFile(path)
    const args = {
      kind: 'checks' as const,
      path,
      fileName: 't.xlsx',
      dryRun: false,
      acceptValid: false,
      language: 'zh-CN' as const,
    }
    expect(await importFile(service.ctx, args)).toMatchObject({ rows: 1, created: 1, errors: [] })
    const stored = await service.ctx.db
      .selectFrom('check_record')
      .selectAll()
      .where('check_code', '=', '20260703')
      .executeTakeFirstOrThrow()
    expect(stored).toMatchObject({
      checked_at: Date.parse('2026-07-03T22:06:30+08:00'),
      inspectors: ['甲', '乙'],
      findings: ['absent', 'no_answer'],
    })
  })
})
