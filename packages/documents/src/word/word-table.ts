import { toFontXml } from './word-fonts.ts'
import type { WordBars, WordCell, WordTable } from './word-model.ts'
import { OFF_GRID } from './word-styles.ts'
import { escapeXml, toTwips } from './word-xml.ts'

const INK = '000000'
/** Of a line of a table, for each pt of its face. */
const TWIPS_PER_LINE = 26
const THIN = 4
const THICK = 12
/** Steps of a bar. */
const BAR_STEPS = 60
/** What is left of a bar to the whole. */
const TRACK = 'EDEDED'
const LABEL_MM = 42
const VALUE_MM = 22
const STEP_MM = 1.5

function border(side: string, size: number): string {
  return `<w:${side} w:val="single" w:sz="${size}" w:space="0" w:color="${INK}"/>`
}

const BORDERS = `<w:tblBorders>${border('top', THICK)}${border('left', THIN)}${border('bottom', THICK)}${border('right', THIN)}${border('insideH', THIN)}${border('insideV', THIN)}</w:tblBorders>`
const NO_BORDERS = `<w:tcBorders>${['top', 'left', 'bottom', 'right'].map((side) => `<w:${side} w:val="nil"/>`).join('')}</w:tcBorders>`
/** Of a bar: what keeps it apart from the next. */
const WHITE_BORDERS = `<w:tcBorders>${['top', 'left', 'bottom', 'right'].map((side) => (side === 'top' || side === 'bottom' ? `<w:${side} w:val="single" w:sz="48" w:space="0" w:color="FFFFFF"/>` : `<w:${side} w:val="nil"/>`)).join('')}</w:tcBorders>`
/** Said of each table: not every program takes it from the style of tables. */
const CELL_MARGINS = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'

interface Placed {
  readonly cell: WordCell
  /** Column at which it begins. */
  readonly at: number
  /** `restart` begins a merge downwards, `continue` is covered by one. */
  readonly merge: 'restart' | 'continue' | null
}

/** Where the cells of a row stand; `covered`: rows that a column is still covered for, counted down here. */
function placeCells(cells: readonly WordCell[], covered: number[], count: number): Placed[] {
  const placed: Placed[] = []
  const open = [...cells]
  for (let at = 0; at < count;) {
    const left = covered[at] ?? 0
    if (left > 0) {
      covered[at] = left - 1
      placed.push({ cell: { text: '' }, at, merge: 'continue' })
      at += 1
      continue
    }
    const cell = open.shift()
    if (cell === undefined) throw new RangeError(`a row of the table ends at column ${at} of ${count}`)
    const { colSpan = 1, rowSpan = 1 } = cell
    if (colSpan > 1 && rowSpan > 1) throw new RangeError('a cell spans rows or columns, not both')
    if (rowSpan > 1) covered[at] = rowSpan - 1
    placed.push({ cell, at, merge: rowSpan > 1 ? 'restart' : null })
    at += colSpan
  }
  if (open.length > 0) throw new RangeError(`${open.length} cells too many in a row of the table`)
  return placed
}

function toLook(size: number, isBold: boolean): string {
  const half = Math.round(size * 2)
  return `<w:rPr>${toFontXml('song')}${isBold ? '<w:b/>' : ''}<w:spacing w:val="0"/><w:sz w:val="${half}"/><w:szCs w:val="${half}"/></w:rPr>`
}

function toCell({ at, cell, merge }: Placed, widths: readonly number[], size: number): string {
  const { align = 'center', colSpan = 1, isBare, isBold, shade, text } = cell
  const width = widths.slice(at, at + colSpan).reduce((sum, one) => sum + one, 0)
  const properties = [
    `<w:tcW w:w="${width}" w:type="dxa"/>`,
    colSpan === 1 ? '' : `<w:gridSpan w:val="${colSpan}"/>`,
    merge === null ? '' : `<w:vMerge w:val="${merge}"/>`,
    isBare === true ? (shade === undefined ? NO_BORDERS : WHITE_BORDERS) : '',
    shade === undefined ? '' : `<w:shd w:val="clear" w:color="auto" w:fill="${shade}"/>`,
    '<w:vAlign w:val="center"/>',
  ].join('')
  const run = toLook(size, isBold === true)
  const lines = text.split('\n').map((line) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
  const content = text === '' ? '' : `<w:r>${run}${lines.join('<w:br/>')}</w:r>`
  return `<w:tc><w:tcPr>${properties}</w:tcPr><w:p><w:pPr>${OFF_GRID}<w:spacing w:line="${Math.round(size * TWIPS_PER_LINE)}" w:lineRule="exact"/><w:jc w:val="${align}"/></w:pPr>${content}</w:p></w:tc>`
}

function* toRows(table: WordTable, widths: readonly number[]): Generator<string> {
  const { size } = table
  const height = `<w:trHeight w:val="${toTwips(table.rowHeight)}" w:hRule="atLeast"/>`
  const covered: number[] = []
  for (const cells of table.header) {
    const placed = placeCells(cells, covered, widths.length)
    const head = placed.map((one) => toCell({ ...one, cell: { isBold: true, ...one.cell } }, widths, size)).join('')
    yield `<w:tr><w:trPr><w:cantSplit/>${height}<w:tblHeader/></w:trPr>${head}</w:tr>`
  }
  for (const cells of table.rows) {
    const row = placeCells(cells, covered, widths.length)
    yield `<w:tr><w:trPr><w:cantSplit/>${height}</w:trPr>${row.map((one) => toCell(one, widths, size)).join('')}</w:tr>`
  }
}

/** A table, row by row. Throws RangeError for a row whose cells are not as many as the columns. */
export function* tableXml(table: WordTable): Generator<string> {
  const widths = table.widths.map(toTwips)
  const whole = widths.reduce((sum, width) => sum + width, 0)
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  yield `<w:tbl><w:tblPr><w:tblW w:w="${whole}" w:type="dxa"/><w:jc w:val="center"/>${BORDERS}<w:tblLayout w:type="fixed"/>${CELL_MARGINS}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>`
  yield* toRows(table, widths)
  yield '</w:tbl>'
}

/** Bars as a table of narrow columns: nothing but cells, so that Word, WPS and LibreOffice draw the same. */
export function* barsXml({ rows, title }: WordBars): Generator<string> {
  const cells = rows.map(({ isQuiet, label, share, text }): WordCell[] => {
    const steps = share === null ? 0 : Math.round(Math.min(Math.max(share, 0), 1) * BAR_STEPS)
    const filled: WordCell[] =
      steps === 0 ? [] : [{ text: '', colSpan: steps, shade: isQuiet ? 'C9C9C9' : '6E6E6E', isBare: true }]
    const rest: WordCell[] =
      steps === BAR_STEPS ? [] : [{ text: '', colSpan: BAR_STEPS - steps, shade: TRACK, isBare: true }]
    return [{ text: label, align: 'left', isBare: true }, ...filled, ...rest, { text, align: 'right', isBare: true }]
  })
  const widths = [LABEL_MM, ...Array.from({ length: BAR_STEPS }, () => STEP_MM), VALUE_MM]
  const header = [[{ text: title, colSpan: widths.length, isBare: true }]]
  yield* tableXml({ kind: 'table', widths, header, rows: cells, size: 10.5, rowHeight: 7 })
}
