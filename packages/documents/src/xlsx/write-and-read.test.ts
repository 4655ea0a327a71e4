import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unescapeCellText } from '@zhidu/contract'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { toCsv } from '../csv/write-csv.ts'
import { createFiles, readCells } from '../testing/temporary-file.ts'
import { buildWorkbook, toXlsx } from './hucre.ts'

const files = createFiles()
afterAll(() => files.remove())

// What import lets in: no control characters but tab and line feed, no half characters, nothing outside the ends.
const PIECES = [
  'a',
  '值',
  '𠮷',
  ' ',
  '"',
  ',',
  '\n',
  '\t',
  '<',
  '&',
  "'",
  '=',
  '_x0041_',
  '_x',
  ';',
  '0',
  '\\',
  '\uFEFF',
]
const text = fc
  .string({ unit: fc.constantFrom(...PIECES), maxLength: 12 })
  .map((value) => value.replace(/\uFEFF/g, (mark, at: number) => (at === 0 ? '' : mark)).trim())
const rows = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 8 })
const HEADER = ['一', '二', '三']

async function* inOneBatch<T>(batch: T): AsyncGenerator<T> {
  yield batch
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '').replaceAll('"', '')
}

/** Without the apostrophes that keep a spreadsheet program from computing. */
function asMeant(grid: readonly (readonly string[])[]): string[][] {
  return grid.map((row) => row.map(unescapeCellText))
}

/** Cells as text, short rows filled up, blank rows left out. */
function toGrid(cells: readonly (readonly unknown[])[]): string[][] {
  const grid = cells.map((row) => HEADER.map((_, index) => toText(row[index])))
  return grid.filter((row) => row.some((value) => value !== ''))
}

describe('what is written', () => {
  it('as CSV is read back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const path = files.path('p.csv')
        await pipeline(Readable.from(toCsv(HEADER, inOneBatch(values))), createWriteStream(path))
        expect(asMeant(toGrid(await readCells(path)))).toEqual(toGrid([HEADER, ...values]))
      }),
      { numRuns: 60 },
    )
  })

  it('as XLSX is read back as it was, by our reader and by another', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const path = files.path('p.xlsx')
        const written = toXlsx({ sheetName: '表', header: HEADER, widths: [10, 10, 10], rows: inOneBatch(values) })
        await pipeline(Readable.from(written), createWriteStream(path))
        expect(asMeant(toGrid(await readCells(path)))).toEqual(toGrid([HEADER, ...values]))
        const other = new ExcelJS.Workbook()
        await other.xlsx.readFile(path)
        const [sheet] = other.worksheets
        const seen: unknown[][] = []
        sheet?.eachRow((row) => seen.push(HEADER.map((_, index) => row.getCell(index + 1).value)))
        const escape = /_x005F_(x[0-9A-Fa-f]{4}_)/g
        expect(asMeant(toGrid(seen).map((row) => row.map((value) => value.replace(escape, '_$1'))))).toEqual(
          toGrid([HEADER, ...values]),
        )
      }),
      { numRuns: 15 },
    )
  }, 60_000)
})

it('a table for people keeps its numbers, its title lines above the header and its widths', async () => {
  const columns = [
    { width: 20, format: 'text' as const },
    { width: 8, format: 'points' as const },
  ]
  const content = {
    name: '排名表',
    columns,
    rows: [['2026年第三季度 县区组'], ['单位', '得分'], ['甲县', 97.5], ['乙县', null]],
    headerRow: 1,
  }
  const bytes = await buildWorkbook({
    title: '排名表',
    createdAt: Date.parse('2026-10-05T00:00:00Z'),
    sheets: [content],
  })
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  const [sheet] = workbook.worksheets
  expect(sheet?.getCell('B3').value).toBe(97.5)
  expect(sheet?.getCell('B4').value).toBeNull()
  expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 2 }])
  expect(sheet?.pageSetup.printTitlesRow).toBe('2:2')
  expect(workbook.created).toEqual(new Date('2026-10-05T00:00:00Z'))
  expect(await readCells(files.put('t.xlsx', bytes))).toContainEqual(['甲县', 97.5])
})
