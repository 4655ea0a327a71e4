import iconv from 'iconv-lite'
import { afterAll, describe, expect, it } from 'vitest'
import { makeWorkbook, makeZip } from '../testing/make-zip.ts'
import { createFiles, readCells, readRows, refusalOf } from '../testing/temporary-file.ts'
import { readTable } from './read-table.ts'

const files = createFiles()
afterAll(() => files.remove())

const TEXT = '编码,名称\r\nC01,甲县\r\nC02,乙县\r\n'
const ROWS = [
  ['编码', '名称'],
  ['C01', '甲县'],
  ['C02', '乙县'],
]

describe('a CSV file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['GB 18030', iconv.encode(TEXT, 'gb18030')],
    ['line feeds alone', Buffer.from(TEXT.replaceAll('\r\n', '\n'))],
    ['both ends of line', Buffer.from(TEXT.replace('\r\n', '\n'))],
    ['no last end of line', Buffer.from(TEXT.trimEnd())],
  ])('is read in %s', async (_, bytes) => {
    expect(await readCells(files.put('a.csv', bytes))).toEqual(ROWS)
  })

  it('is read in GB 18030 also across the pieces it comes in, four-byte characters too', async () => {
    const names = Array.from({ length: 30_000 }, (_, index) => `单位𠮷${index}`)
    const path = files.put('long.csv', iconv.encode(`名称\n${names.join('\n')}\n`, 'gb18030'))
    const table = await readTable(path)
    await table.close()
    expect(table.encoding).toBe('gb18030')
    expect((await readCells(path)).slice(1)).toEqual(names.map((name) => [name]))
  })

  it('keeps quoted commas, quotes and ends of line, and counts rows as a spreadsheet does', async () => {
    const path = files.put('q.csv', 'a,b\n"1,\n""x""",2\n\n3\n4,5,6\n')
    expect(await readRows(path)).toEqual([
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['1,\n"x"', '2'] },
      { row: 4, cells: ['3'] },
      { row: 5, cells: ['4', '5', '6'] },
    ])
  })

  it.each([
    ['empty', '', 'file_empty'],
    ['white space alone', ' \r\n\r\n', 'file_empty'],
    ['UTF-16', iconv.encode(TEXT, 'utf16le', { addBOM: true }), 'encoding_utf16'],
    ['UTF-16 without its mark', iconv.encode('code,name\n1,2\n', 'utf16le'), 'encoding_utf16'],
    [
      'UTF-8 with a broken byte',
      Buffer.concat([Buffer.from(`${TEXT}C03,丙`), Buffer.from([0xe4, 0x0a])]),
      'encoding_unknown',
    ],
    [
      'neither UTF-8 nor GB 18030',
      Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xff, 0xff, 0x0a])]),
      'encoding_unknown',
    ],
    ['an open quote', 'a,b\n1,"2\n3,4\n', 'csv_quote'],
    ['a quote in the middle', 'a,b\n1,2"3\n', 'csv_quote'],
    ['semicolons', 'a;b\n1;2\n', 'csv_delimiter'],
    ['tabs', 'a\tb\n1\t2\n', 'csv_delimiter'],
  ])('is refused when it is %s', async (_, content, code) => {
    expect(await refusalOf(files.put('b.csv', content))).toBe(code)
  })

  it('is refused when one row is larger than any row can be', async () => {
    expect(await refusalOf(files.put('c.csv', `a\n"${'x'.repeat(5_000)}"\n`), { csvRowBytes: 4_000 })).toBe(
      'csv_record_too_large',
    )
  })
})

describe('a file is what its content says, whatever its name', () => {
  it('a CSV file named .xlsx is read', async () => {
    expect(await readCells(files.put('a.xlsx', TEXT))).toEqual(ROWS)
  })

  const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const directory = Buffer.from('Root EntryEncryptedPackage', 'utf16le')
  it.each([
    ['a web page', '<html><table><tr><td>1</td></tr></table></html>', 'file_is_html'],
    ['a web page after a mark and spaces', '\uFEFF \n<!DOCTYPE html><p>', 'file_is_html'],
    ['an Excel 2003 XML table', '<?xml version="1.0"?><Workbook/>', 'file_is_html'],
    ['an old workbook', Buffer.concat([ole, Buffer.alloc(600)]), 'file_is_xls'],
    ['a workbook with a password', Buffer.concat([ole, Buffer.alloc(600), directory]), 'file_is_encrypted'],
    [
      'an ODS table',
      makeZip([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' }]),
      'file_is_ods',
    ],
    [
      'a binary workbook',
      makeZip([
        { name: '[Content_Types].xml', content: '' },
        { name: 'xl/workbook.bin', content: '' },
      ]),
      'file_is_xlsb',
    ],
    [
      'a Word document',
      makeZip([
        { name: '[Content_Types].xml', content: '' },
        { name: 'word/document.xml', content: '' },
      ]),
      'file_is_other',
    ],
    ['some ZIP file', makeZip([{ name: 'a.txt', content: 'x' }]), 'file_is_other'],
    ['a PDF', '%PDF-1.7\n', 'file_is_other'],
    ['neither table nor text', `\u0003\u0000${'\u0001'.repeat(20)}`, 'file_is_binary'],
    ['half a workbook', makeWorkbook({ sheetData: '' }).subarray(0, 400), 'xlsx_truncated'],
  ])('%s named .xlsx is refused', async (_, content, code) => {
    expect(await refusalOf(files.put('n.xlsx', content))).toBe(code)
  })

  it('says what is missing or no file', async () => {
    expect(await refusalOf(files.path('none.csv'))).toBe('file_missing')
    expect(await refusalOf(files.path('.'))).toBe('file_unreadable')
  })
})

it('reading that is given up ends its process', async () => {
  const row = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
  const table = await readTable(files.put('many.xlsx', makeWorkbook({ sheetData: row.repeat(50_000) })))
  for await (const _ of table.batches) break
  const abort = new AbortController()
  const aborted = await readTable(files.path('many.xlsx'), { signal: abort.signal })
  const reading = (async () => {
    for await (const _ of aborted.batches) abort.abort()
  })()
  await expect(reading).rejects.toThrow('aborted')
})

it('reading that is left with much unread ends its process, whenever that is', async () => {
  const path = files.put('much.csv', 'code,name\n'.repeat(200_000))
  for (let ms = 0; ms < 12; ms += 1) {
    const table = await readTable(path)
    await table.batches[Symbol.asyncIterator]().next()
    await new Promise((resolve) => setTimeout(resolve, ms))
    await expect(table.close()).resolves.toBeUndefined()
  }
}, 20_000)
