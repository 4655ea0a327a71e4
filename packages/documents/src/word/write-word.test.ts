import { describe, expect, it } from 'vitest'
import { all, readWord, textOf } from '../testing/read-word.ts'
import { textWidthOf } from './word-body.ts'
import type { WordDocument, WordTable } from './word-model.ts'
import { toWord } from './write-word.ts'

const TABLE: WordTable = {
  kind: 'table',
  widths: [20, 30, 30, 40],
  header: [
    [
      { text: '名次', rowSpan: 2 },
      { text: '首报', colSpan: 2 },
      { text: '单位', rowSpan: 2 },
    ],
    [{ text: '应报' }, { text: '按时' }],
  ],
  rows: Array.from({ length: 40 }, (_, at) => [
    { text: String(at + 1) },
    { text: '3', align: 'right' as const },
    { text: '2' },
    { text: `甲&乙<${at}>\u0001` },
  ]),
  size: 9,
  rowHeight: 6,
}

const DOCUMENT: WordDocument = {
  title: '关于“值班”的通报',
  author: '市总值班室',
  createdAt: Date.parse('2026-10-08T00:00:00+08:00'),
  properties: [{ name: 'ZD001', value: '89.8%' }],
  sections: [
    {
      paper: 'a4',
      blocks: [
        { kind: 'paragraph', style: 'number', runs: [{ text: '值班通报〔2026〕3号' }], hasRedRule: true },
        { kind: 'paragraph', style: 'title', runs: [{ text: '关于“值班”的通报' }] },
        { kind: 'paragraph', style: 'heading', runs: [{ text: '一、总体情况' }] },
        {
          kind: 'paragraph',
          style: 'indented',
          runs: [{ text: '（一）县。', font: 'kai' }, { text: '按时率' }, { text: '89.8%', property: 'ZD001' }],
        },
        { kind: 'bars', title: '图', rows: [{ label: '县', share: 0.5, text: '50.0%', isQuiet: false }] },
        { kind: 'paragraph', style: 'date', runs: [{ text: '2026年10月12日' }] },
      ],
    },
    { paper: 'a4Landscape', blocks: [{ kind: 'paragraph', style: 'annexMark', runs: [{ text: '附件1' }] }, TABLE] },
    { paper: 'a3Landscape', blocks: [TABLE] },
  ],
}

async function bytesOf(document: WordDocument): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of toWord(document)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('a Word file', () => {
  it('has the page of the standard: A4, its margins, 22 lines of 28 characters', async () => {
    const { part, sections } = await readWord(await bytesOf(DOCUMENT))
    const [first] = sections
    if (first === undefined) throw new RangeError('no section')
    const [size, margins, grid] = ['w:pgSz', 'w:pgMar', 'w:docGrid'].map((name) => all(first, name)[0]?.attributes)
    expect([size?.['w:w'], size?.['w:h']]).toEqual(['11906', '16838'])
    const mm = ['w:top', 'w:bottom', 'w:left', 'w:right'].map((edge) => Number(margins?.[edge]) / 56.6929)
    expect(mm.map((edge) => Math.round(edge * 10) / 10)).toEqual([37, 35, 28, 26])
    expect(grid).toEqual({ 'w:type': 'lines', 'w:linePitch': '579' })
    const height = 16_838 - Number(margins?.['w:top']) - Number(margins?.['w:bottom'])
    expect(Math.floor(height / 579)).toBe(22)
    const body = all(part('word/styles.xml'), 'w:style').find(
      ({ attributes }) => attributes['w:styleId'] === 'zd-indented',
    )
    if (body === undefined) throw new RangeError('no style')
    const run = all(body, 'w:rPr')[0]
    const character = 16 * 20 + Number(run?.children.find(({ name }) => name === 'w:spacing')?.attributes['w:val'])
    const width = 11_906 - Number(margins?.['w:left']) - Number(margins?.['w:right'])
    expect(Math.floor(width / character)).toBe(28)
    expect(all(body, 'w:spacing')[0]?.attributes).toMatchObject({ 'w:line': '579', 'w:lineRule': 'exact' })
    expect(textWidthOf('a4')).toBe(156)
  })

  it('names the fonts of the standard with what may stand in, and holds none', async () => {
    const { part, parts } = await readWord(await bytesOf(DOCUMENT))
    const fonts = all(part('word/fontTable.xml'), 'w:font')
    expect(fonts.map(({ attributes }) => attributes['w:name'])).toEqual([
      '方正小标宋简体',
      '仿宋_GB2312',
      '黑体',
      '楷体_GB2312',
      '宋体',
    ])
    expect(all(fonts[1] ?? fonts[0]!, 'w:altName')[0]?.attributes['w:val']).toContain('FangSong')
    const styles = new Map(
      all(part('word/styles.xml'), 'w:style').map((style) => [
        style.attributes['w:styleId'],
        [all(style, 'w:rFonts')[0]?.attributes['w:eastAsia'], Number(all(style, 'w:sz')[0]?.attributes['w:val']) / 2],
      ]),
    )
    expect(styles.get('zd-title')).toEqual(['方正小标宋简体', 22])
    expect(styles.get('zd-indented')).toEqual(['仿宋_GB2312', 16])
    expect(styles.get('zd-heading')).toEqual(['黑体', 16])
    expect([...parts.keys()].filter((name) => /fonts\//.test(name))).toEqual([])
  })

  it('binds a figure to a property of the document, with its value beside', async () => {
    const { document, part } = await readWord(await bytesOf(DOCUMENT))
    expect(all(document, 'w:instrText').map(({ text }) => text.trim())).toEqual(['DOCPROPERTY ZD001 \\* MERGEFORMAT'])
    const types = all(document, 'w:fldChar').map(({ attributes }) => attributes['w:fldCharType'])
    expect(types).toEqual(['begin', 'separate', 'end'])
    const [property] = all(part('docProps/custom.xml'), 'property')
    expect([property?.attributes['name'], property?.children[0]?.text]).toEqual(['ZD001', '89.8%'])
    expect(textOf(document)).toContain('（一）县。按时率89.8%')
  })

  it('repeats merged headers and keeps every row, annexes on pages of their own', async () => {
    const { document, sections, tables } = await readWord(await bytesOf(DOCUMENT))
    const table = tables[1]
    if (table === undefined) throw new RangeError('no table')
    const rows = all(table, 'w:tr')
    expect(rows).toHaveLength(42)
    expect(rows.filter((row) => all(row, 'w:tblHeader').length === 1)).toHaveLength(2)
    expect(all(table, 'w:vMerge').map(({ attributes }) => attributes['w:val'])).toEqual([
      'restart',
      'restart',
      'continue',
      'continue',
    ])
    expect(all(table, 'w:gridSpan').map(({ attributes }) => attributes['w:val'])).toEqual(['2'])
    expect(textOf(rows[41] ?? table)).toContain('甲&乙<39>')
    expect(sections.map((section) => all(section, 'w:pgSz')[0]?.attributes['w:orient'])).toEqual([
      undefined,
      'landscape',
      'landscape',
    ])
    expect(sections.map((section) => all(section, 'w:type')[0]?.attributes['w:val'])).toEqual(
      Array.from({ length: 3 }, () => 'nextPage'),
    )
    // The bar of a half is half of its sixty steps.
    expect(all(tables[0] ?? table, 'w:gridSpan').map(({ attributes }) => attributes['w:val'])).toEqual([
      '62',
      '30',
      '30',
    ])
    expect(document.children).toHaveLength(1)
  })

  it('numbers pages — 1 —, odd ones at the right and even ones at the left', async () => {
    const { part } = await readWord(await bytesOf(DOCUMENT))
    expect(all(part('word/settings.xml'), 'w:evenAndOddHeaders')).toHaveLength(1)
    const sides = ['footer1', 'footer2'].map((name) => {
      const footer = part(`word/${name}.xml`)
      return [textOf(footer), all(footer, 'w:instrText')[0]?.text.trim(), all(footer, 'w:jc')[0]?.attributes['w:val']]
    })
    expect(sides).toEqual([
      ['— 1 —', 'PAGE', 'right'],
      ['— 1 —', 'PAGE', 'left'],
    ])
  })

  it('is the same file whenever it is made', async () => {
    const [one, two] = [await bytesOf(DOCUMENT), await bytesOf(DOCUMENT)]
    expect(one.equals(two)).toBe(true)
    const { part } = await readWord(one)
    expect(all(part('docProps/core.xml'), 'dcterms:created')[0]?.text).toBe('2026-10-07T16:00:00Z')
  })

  it.each([
    ['too few', [{ text: '1' }]],
    ['too many', Array.from({ length: 5 }, () => ({ text: '1' }))],
  ])('is not made of a table with %s cells in a row', async (_, row) => {
    const broken = { ...TABLE, rows: [row] }
    await expect(bytesOf({ ...DOCUMENT, sections: [{ paper: 'a4', blocks: [broken] }] })).rejects.toThrow(RangeError)
  })
})
