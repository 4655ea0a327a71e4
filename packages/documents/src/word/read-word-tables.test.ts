import { afterAll, describe, expect, it } from 'vitest'
import { makeZip, packRepeated } from '../testing/make-zip.ts'
import { codeOf, createFiles, readInChild, readRows } from '../testing/temporary-file.ts'
import type { WordDocument } from './word-model.ts'
import { toWord } from './write-word.ts'

const files = createFiles()
afterAll(() => files.remove())

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

function documentOf(body: string, before = ''): Buffer {
  return makeZip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'word/document.xml', content: `${before}<w:document ${W}><w:body>${body}</w:body></w:document>` },
  ])
}

const p = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`
const tc = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`
const tbl = (...rows: readonly string[]): string =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`

async function cellsOf(body: string): Promise<(readonly unknown[])[]> {
  return (await readRows(files.put('a.docx', documentOf(body)), {}, true)).map(({ cells }) => cells)
}

describe('a Word document', () => {
  it('gives the rows of its tables and the paragraphs beside them, in their order', async () => {
    const body = `${p('附件2')}${p('')}${tbl(tc('日期') + tc('姓名'), tc('10月1日') + tc('甲'))}${p('填表人：乙')}`
    expect(await cellsOf(body)).toEqual([['附件2'], ['日期', '姓名'], ['10月1日', '甲'], ['填表人：乙']])
  })

  it('gives a cell that spans columns the first of them, and one merged downwards once', async () => {
    const span = '<w:gridSpan w:val="3"/>'
    const rows = [
      tc('日期', '<w:vMerge w:val="restart"/>') + tc('带班领导', span) + tc('备注'),
      tc('', '<w:vMerge/>') + tc('姓名') + tc('职务') + tc('电话') + tc(''),
    ]
    expect(await cellsOf(tbl(...rows))).toEqual([
      ['日期', '带班领导', '', '', '备注'],
      ['', '姓名', '职务', '电话', ''],
    ])
  })

  it('parts paragraphs and breaks of a cell, takes a table within it as its text, and leaves out what was deleted', async () => {
    const inner = tbl(tc('内'))
    const cell = `<w:tc>${p('甲')}<w:p><w:r><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r><w:del><w:r><w:t>丁</w:t></w:r></w:del></w:p>${inner}</w:tc>`
    expect(await cellsOf(tbl(cell))).toEqual([['甲\n乙\n丙\n内']])
  })

  it('written by this program is read back by the child as it was written', async () => {
    const document: WordDocument = {
      title: '值班安排表',
      author: '甲县',
      createdAt: 0,
      properties: [],
      sections: [
        {
          paper: 'a4',
          blocks: [
            { kind: 'paragraph', style: 'title', runs: [{ text: '值班安排表（国庆节）' }] },
            {
              kind: 'table',
              widths: [40, 40, 40],
              header: [
                [
                  { text: '日期', rowSpan: 2 },
                  { text: '带班领导', colSpan: 2 },
                ],
                [{ text: '姓名' }, { text: '电话' }],
              ],
              rows: [[{ text: '10月1日' }, { text: '甲' }, { text: '0199-0123456' }]],
              size: 12,
              rowHeight: 8,
            },
          ],
        },
      ],
    }
    const chunks: Buffer[] = []
    for await (const chunk of toWord(document)) chunks.push(Buffer.from(chunk))
    const rows = await readInChild(files.put('own.docx', Buffer.concat(chunks)), { readsWord: true })
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['值班安排表（国庆节）'],
      ['日期', '带班领导', ''],
      ['', '姓名', '电话'],
      ['10月1日', '甲', '0199-0123456'],
    ])
  })

  it.each([
    [
      'declares a document type',
      documentOf('', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
      'xlsx_entities',
    ],
    ['is not well formed', documentOf('<w:p>'), 'xlsx_damaged'],
    ['spans more columns than there are', documentOf(tbl(tc('a', '<w:gridSpan w:val="9000000"/>'))), 'xlsx_damaged'],
    [
      'inflates without end',
      makeZip([
        {
          name: 'word/document.xml',
          content: packRepeated(`<w:document ${W}>`, ' '.repeat(1_000_000), 400, '</w:document>'),
        },
      ]),
      'xlsx_expands',
    ],
    ['is cut off', documentOf(p('甲')).subarray(0, 200), 'xlsx_truncated'],
    [
      'is an old one',
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.alloc(600),
        Buffer.from('WordDocument', 'utf16le'),
      ]),
      'file_is_doc',
    ],
  ])('that %s is refused by its reason', async (_, bytes, code) => {
    expect(await codeOf(readRows(files.put('bad.docx', bytes), {}, true))).toBe(code)
  })

  it('is refused where tables alone are taken, and holds no more rows and cells than may be', async () => {
    const path = files.put('a.docx', documentOf(tbl(tc('a'), tc('b'), tc('c'))))
    expect(await codeOf(readRows(path))).toBe('file_is_other')
    expect(await codeOf(readRows(path, { xlsxRows: 2 }, true))).toBe('xlsx_too_many_rows')
    expect(await codeOf(readRows(path, { xlsxCells: 2 }, true))).toBe('xlsx_damaged')
  })
})
