import { type SourceCell, isEmptyCell, toCellText, toPlainForm, toShownText } from './cells.ts'
import { type Kind, KINDS } from './imports.ts'
import { KIND_SHEETS, type KindColumn } from './kinds.ts'
import { type ColumnPlan, columnLetters, type RowIssue } from './kinds-row.ts'
import type { Wording } from './kinds-words.ts'

/** The last column of a file of refused rows; read past when that file comes back. */
export const REASON_COLUMN: Wording = { 'zh-CN': '原因', en: 'reason' }

/** First cell of a template's example row, which is no data. */
export const EXAMPLE_MARK: Wording = { 'zh-CN': '示例（本行不导入）', en: 'EXAMPLE (not imported)' }

function toHeaderForm(text: string): string {
  return toPlainForm(text.replace(/^\uFEFF/, '')).toLowerCase()
}

const REASON_FORMS = new Set(Object.values(REASON_COLUMN).map(toHeaderForm))
const EXAMPLE_FORMS = new Set(Object.values(EXAMPLE_MARK).map(toHeaderForm))

const columnsByForm = new Map<Kind, Map<string, KindColumn>>(
  KINDS.map((kind) => {
    const forms = new Map<string, KindColumn>()
    for (const column of KIND_SHEETS[kind].columns) {
      forms.set(toHeaderForm(column.name['zh-CN']), column)
      forms.set(toHeaderForm(column.key), column)
    }
    return [kind, forms]
  }),
)

function findColumn(kind: Kind, form: string): KindColumn | undefined {
  return columnsByForm.get(kind)?.get(form)
}

/** The kind whose required columns are all there, when it is not the one asked for. */
function guessOtherKind(kind: Kind, forms: ReadonlySet<string>): Kind | undefined {
  return KINDS.find((other) => {
    if (other === kind) return false
    const found = new Set([...forms].map((form) => findColumn(other, form)?.key))
    return KIND_SHEETS[other].columns.every((column) => !column.isRequired || found.has(column.key))
  })
}

export interface MatchedHeader {
  readonly plan: ColumnPlan
  /** Every unknown, repeated and missing column; empty = the file can be read. */
  readonly errors: readonly RowIssue[]
}

/** Matches the first row of a file: keys or Chinese names, in any order. */
export function matchHeader(kind: Kind, cells: readonly SourceCell[]): MatchedHeader {
  const plan: (KindColumn | 'passed_over' | null)[] = []
  const errors: RowIssue[] = []
  const places = new Map<string, number>()
  const forms = new Set<string>()
  for (const [index, cell] of cells.entries()) {
    if (isEmptyCell(cell)) {
      plan.push(null)
      continue
    }
    const text = toCellText(cell).trim()
    const form = toHeaderForm(text)
    forms.add(form)
    const column = findColumn(kind, form)
    if (column === undefined) {
      const isReason = REASON_FORMS.has(form)
      if (!isReason)
        errors.push({
          column: null,
          value: toShownText(text, 200),
          code: 'column_unknown',
          params: { place: columnLetters(index) },
        })
      plan.push(isReason ? 'passed_over' : null)
      continue
    }
    const first = places.get(column.key)
    if (first !== undefined) {
      const params = { first: columnLetters(first), place: columnLetters(index) }
      errors.push({ column: column.key, value: toShownText(text, 200), code: 'column_repeated', params })
    }
    places.set(column.key, first ?? index)
    plan.push(column)
  }
  for (const column of KIND_SHEETS[kind].columns) {
    if (column.isRequired && !places.has(column.key)) {
      errors.push({ column: column.key, value: null, code: 'column_missing', params: {} })
    }
  }
  const other = errors.length > 0 ? guessOtherKind(kind, forms) : undefined
  if (other !== undefined) errors.unshift({ column: null, value: null, code: 'file_of_other_kind', params: { other } })
  return { plan, errors }
}

/** True for the example row of a template: it is passed over. */
export function isExampleRow(cells: readonly SourceCell[]): boolean {
  const first = cells[0]
  return typeof first === 'string' && first.length < 40 && EXAMPLE_FORMS.has(toHeaderForm(first))
}

/** True for a row without anything in it: it is passed over. */
export function isBlankRow(cells: readonly SourceCell[]): boolean {
  return cells.every(isEmptyCell)
}
