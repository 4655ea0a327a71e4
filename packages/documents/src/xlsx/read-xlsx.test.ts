import { afterAll, describe, expect, it } from 'vitest'
import { makeWorkbook } from '../testing/make-zip.ts'
import { createFiles, readCells, readRows, refusalOf } from '../testing/temporary-file.ts'

const files = createFiles()
afterAll(() => files.remove())

function put(sheetData: string, parts: Omit<Parameters<typeof makeWorkbook>[0], 'sheetData'> = {}): string {
  return files.put('w.xlsx', makeWorkbook({ sheetData, ...parts }))
}

const STYLES = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; h:mm"/></numFmts>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="49"/></cellXfs></styleSheet>`

describe('a worksheet', () => {
  it('gives text of every kind as it is shown, and no reading aids', async () => {
    const sharedStrings = `<sst><si><t>甲</t></si><si><r><t>乙</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 县</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></si></sst>`
    const row = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>a&amp;b_x000A_c_x005F_x0041_</t></is></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c><c r="F1"><v>007</v></c></row>`
    expect(await readCells(put(row, { sharedStrings }))).toEqual([
      ['甲', '乙 县', 'a&b\nc_x0041_', true, { error: '#N/A' }, 7],
    ])
  })

  it('shows a formula as a formula, whatever was computed', async () => {
    expect(
      await readCells(
        put('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f t="shared" si="0"/><v>x</v></c></row>'),
      ),
    ).toEqual([[{ formula: true }, { formula: true }]])
  })

  it('reads numbers in a date format as wall clock, in both date systems', async () => {
    const row = `<row r="1"><c r="A1" s="1"><v>46206.5868055556</v></c><c r="B1" s="2"><v>46206</v></c><c r="C1" s="0"><v>46206</v></c><c r="D1" s="3"><v>46206</v></c></row>`
    const wall = Date.UTC(2026, 6, 3)
    const [cells] = await readCells(put(row, { styles: STYLES }))
    expect(cells?.slice(1)).toEqual([{ wallClock: wall }, 46_206, 46_206])
    expect(cells?.[0]).toMatchObject({ wallClock: expect.closeTo(Date.UTC(2026, 6, 3, 14, 5), -2) })
    const in1904 = await readCells(
      put(row.replaceAll('46206', '44744'), { styles: STYLES, workbookAttributes: 'date1904="1"' }),
    )
    expect(in1904[0]?.[1]).toEqual({ wallClock: wall })
  })

  it('keeps places and numbers of rows when cells, rows and their addresses are left out', async () => {
    const rows = `<row r="2"><c r="C2"><v>3</v></c></row><row r="5"><c r="A5" s="1"/></row><row r="7"/><row><c><v>1</v></c><c><v>2</v></c></row>`
    expect(await readRows(put(rows))).toEqual([
      { row: 2, cells: [null, null, 3] },
      { row: 8, cells: [1, 2] },
    ])
  })
})

describe('a workbook that would hurt is refused', () => {
  const cell = (column: string): string => `<row><c r="${column}1"><v>1</v></c></row>`

  it('for its rows and its cells', async () => {
    expect(await refusalOf(put(cell('A').repeat(12)), { xlsxRows: 10 })).toBe('xlsx_too_many_rows')
    expect(await refusalOf(put(cell('A').repeat(11)), { xlsxRows: 10 })).toBe('accepted')
    expect(await refusalOf(put(cell('ALL').repeat(3_001)))).toBe('xlsx_too_many_cells')
  })

  it('for what it inflates to, also when its directory lies', async () => {
    const blank = ' '.repeat(30_000_000)
    expect(await refusalOf(put(blank))).toBe('xlsx_expands')
    expect(await refusalOf(put(cell('A').repeat(5_000)), { xlsxSheetBytes: 50_000 })).toBe('xlsx_expands')
    expect(await refusalOf(put(blank, { claimedSize: 1_000 }))).toBe('xlsx_sizes')
    const strings = `<sst><si><t>${'x'.repeat(2_000_000)}</t></si></sst>`
    expect(await refusalOf(put('', { sharedStrings: strings }), { xlsxPartBytes: 1_000_000 })).toBe('xlsx_expands')
  })

  it('for entities, and for XML that is not well formed', async () => {
    expect(await refusalOf(put('<row><c><v>1</row>'))).toBe('xlsx_damaged')
    const styles = '<!DOCTYPE x [<!ENTITY a "aaaa">]><styleSheet>&a;</styleSheet>'
    expect(await refusalOf(put('', { styles }))).toBe('xlsx_entities')
  })

  it('for its size as a file', async () => {
    expect(await refusalOf(put(cell('A')), { xlsxBytes: 100 })).toBe('file_too_large')
  })
})
