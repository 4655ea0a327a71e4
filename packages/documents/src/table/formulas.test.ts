import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  type CellValue,
  escapeCellText,
  type ExportStyle,
  type Kind,
  KIND_SHEETS,
  type KindColumn,
  KINDS,
  matchHeader,
  parseRow,
  toExportCell,
  unescapeCellText,
} from '@zhidu/contract'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { toCsv } from '../csv/write-csv.ts'
import { createFiles, readCells } from '../testing/temporary-file.ts'
import { buildWorkbook, toXlsx } from '../xlsx/hucre.ts'

const files = createFiles()
afterAll(() => files.remove())

const NOW = Date.parse('2026-10-05T09:00:00+08:00')
const ROWS_PER_FILE = 100

const TRIGGERS = [...'=+-@＝＋－＠﹦﹢﹣﹫', '\t', '\r', '\n', '\0']
/** What a program passes over before it looks for a formula. */
const VEILS = ["'", '"', ' ', '\u00a0', '\u3000', '\ufeff', '\u200b', '\v', '\u0085']
const PIECES = [
  ...TRIGGERS,
  ...VEILS,
  ...',;；|_x0041_',
  '1',
  'a',
  '值',
  '𠮷',
  'cmd|',
  'HYPERLINK("http://x")',
  '_x003D_',
]

/** Read as Excel, WPS and LibreOffice do: an apostrophe in front makes text of whatever follows. */
function beginsFormula(cell: string): boolean {
  if (cell.startsWith("'")) return false
  if (TRIGGERS.includes(cell[0] ?? '')) return true
  const rest = [...cell].find(
    (character) => !VEILS.includes(character) && !['\t', '\r', '\n', '\0'].includes(character),
  )
  return TRIGGERS.includes(rest ?? '')
}

const anyText = fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 8 })
/** Longest code; the shortest limit of any text. */
const MAX_CODE = 100
/** Text that can have been imported: trimmed, no control characters but tab and line feed. */
const storedText = anyText
  .map((text) => text.replace(/[\u0000-\u0008\u000b-\u001f]/g, '').trim())
  .filter((text) => text.length <= MAX_CODE)

function valueOf({ value }: KindColumn): fc.Arbitrary<CellValue> {
  switch (value.type) {
    case 'code':
    case 'text':
      return storedText.map((text) => (text === '' ? null : text))
    case 'names':
      return fc.uniqueArray(
        storedText.map((text) => text.replace(/[;；]/g, '').trim()).filter((text) => text !== ''),
        { maxLength: 3 },
      )
    case 'enum':
      return fc.constantFrom(...Object.keys(value.words))
    case 'keys':
      return fc.subarray(Object.keys(value.words))
    case 'instant':
      return fc.integer({ min: 0, max: 500_000 }).map((minutes) => NOW - minutes * 60_000)
    case 'date':
      return fc.integer({ min: 1, max: 28 }).map((day) => `2026-07-${String(day).padStart(2, '0')}`)
    case 'count':
      return fc.nat({ max: value.max })
    case 'phone':
      return fc.constantFrom('+86 154 0000 0001', '0199-0123456 ext 801', '110')
    case 'holiday':
      return fc.constant('2026-国庆节')
  }
}

const ROWS_OF = KINDS.map((kind) => {
  const row = fc.tuple(...KIND_SHEETS[kind].columns.map(valueOf))
  return fc.array(row, { minLength: ROWS_PER_FILE, maxLength: ROWS_PER_FILE }).map((rows) => ({ kind, rows }))
})
const exported = fc.oneof(...ROWS_OF)

async function* inOneBatch<T>(batch: T): AsyncGenerator<T> {
  yield batch
}

function toTexts(kind: Kind, rows: readonly (readonly CellValue[])[], style: ExportStyle): string[][] {
  const { columns } = KIND_SHEETS[kind]
  return rows.map((row) => columns.map((column, at) => toExportCell(column, row[at] ?? null, style)))
}

async function checkFile(path: string, kind: Kind, rows: readonly (readonly CellValue[])[]): Promise<void> {
  const { columns } = KIND_SHEETS[kind]
  const [header = [], ...read] = await readCells(path)
  const { plan } = matchHeader(kind, header)
  // A row without any value is no row.
  const written = rows.filter((row) =>
    row.some((value) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )
  const formulas = read.flat().filter((cell) => typeof cell === 'string' && beginsFormula(cell))
  expect(formulas).toEqual([])
  const values = read.map((cells) => {
    const row = parseRow(kind, plan, cells, NOW)
    return columns.map(({ key }) => row.values[key] ?? null)
  })
  expect(values).toEqual(written)
}

describe('text that a spreadsheet program would compute', () => {
  it('is known for what it is, and the escape is undone exactly', () => {
    for (const text of ['=1+1', '+1', '-1', '@A1', '＝1', '\t=1', '\n', '\0', ' =1', '" =1', '\ufeff=1', '\u200b-1'])
      expect(beginsFormula(text), text).toBe(true)
    for (const text of ["'=1", '甲=1', '1-1', '甲\t', 'a@b']) expect(beginsFormula(text), text).toBe(false)
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (text) => {
        const escaped = escapeCellText(text)
        return (
          !beginsFormula(escaped) &&
          unescapeCellText(escaped) === text &&
          (beginsFormula(text) || escaped.length <= text.length + 1)
        )
      }),
      { numRuns: 10_000 },
    )
  })

  it('begins no cell of 10,000 rows of CSV, in any column of any kind, and every row is imported as it was', async () => {
    await fc.assert(
      fc.asyncProperty(exported, async ({ kind, rows }) => {
        const path = files.path('formulas.csv')
        const header = KIND_SHEETS[kind].columns.map((column) => column.key)
        await pipeline(Readable.from(toCsv(header, inOneBatch(toTexts(kind, rows, 'keys')))), createWriteStream(path))
        await checkFile(path, kind, rows)
      }),
      { numRuns: 10_000 / ROWS_PER_FILE },
    )
  }, 60_000)

  it('begins no cell of a workbook either, by our reader and by another', async () => {
    await fc.assert(
      fc.asyncProperty(exported, async ({ kind, rows }) => {
        const path = files.path('formulas.xlsx')
        const { columns } = KIND_SHEETS[kind]
        const header = columns.map((column) => column.name['zh-CN'])
        const widths = columns.map(() => 20)
        const texts = inOneBatch(toTexts(kind, rows, 'words'))
        await pipeline(Readable.from(toXlsx({ sheetName: '表', header, widths, rows: texts })), createWriteStream(path))
        await checkFile(path, kind, rows)
        const other = new ExcelJS.Workbook()
        await other.xlsx.readFile(path)
        other.worksheets[0]?.eachRow((row) =>
          row.eachCell((cell) => {
            expect(cell.formula).toBeUndefined()
            expect(beginsFormula(cell.text), cell.text).toBe(false)
          }),
        )
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  it('is split off by no separator that a program may take for one', async () => {
    let csv = ''
    const rows = [['x;=1+1', 'x\t=1+1', 'x|=1+1', 'x,=1+1']]
    for await (const bytes of toCsv(['a', 'b', 'c', 'd'], inOneBatch(rows))) csv += Buffer.from(bytes).toString()
    expect(csv.split('\r\n')[1]).toBe('"x;=1+1","x\t=1+1","x|=1+1","x,=1+1"')
  })

  it('is text in a table for people as well, while a number stays one, also below zero', async () => {
    const bytes = await buildWorkbook({
      title: '=title',
      createdAt: NOW,
      sheets: [
        {
          name: '表',
          columns: [
            { width: 10, format: 'general' },
            { width: 10, format: 'points' },
          ],
          headerRow: 1,
          rows: [['=1+1'], ['@header', '-x'], ['+甲', -4.5], ["'-乙", 0]],
        },
      ],
    })
    const path = files.put('people.xlsx', bytes)
    expect(await readCells(path)).toEqual([["'=1+1"], ["'@header", "'-x"], ["'+甲", -4.5], ["''-乙", 0]])
  })
})
