import { DAY_MS, MAX_SHIFT_DAYS, toLocalIso } from '@zhidu/domain'
import { CellProblem, type CellValue, isEmptyCell, type SourceCell, toCellText, toShownText } from './cells.ts'
import type { Kind } from './imports.ts'
import { KIND_SHEETS, type KindColumn } from './kinds.ts'
import { emptyValue, parseCell } from './kinds-parse.ts'

/** Something about a row, before it is worded. `column` null = the whole row. */
export interface RowIssue {
  readonly column: string | null
  /** The cell as shown, cut to 200 characters; null = empty. */
  readonly value: string | null
  readonly code: string
  readonly params: Readonly<Record<string, string>>
}

/** `values` holds what could be read, by column key: a refused cell is missing, an empty one null. */
export interface ParsedRow {
  readonly values: Readonly<Record<string, CellValue | undefined>>
  readonly errors: readonly RowIssue[]
  readonly warnings: readonly RowIssue[]
}

/** Which column of the kind each cell of the file's rows belongs to; null = none, so that the cell must be empty. */
export type ColumnPlan = readonly (KindColumn | 'passed_over' | null)[]

const MAX_VALUE_CHARS = 200
const NO_ISSUES: readonly RowIssue[] = []

function shownValue(cell: SourceCell | undefined): string | null {
  const text = toCellText(cell)
  return text === '' ? null : toShownText(text, MAX_VALUE_CHARS)
}

/** An instant (epoch ms) as exports write it: `2026-07-03 14:05:30`, local time. */
export function toInstantCell(at: number): string {
  return toLocalIso(at).slice(0, 19).replace('T', ' ')
}

/** `A` for 0, `Z` for 25, `AA` for 26. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last
}

type Values = Record<string, CellValue | undefined>
type Report = (column: string, code: string, params?: Record<string, string>) => void

function checkReport(values: Values, report: Report): void {
  const { learned_at: learned, occurred_at: occurred, sequence, stage } = values
  if (typeof occurred === 'number' && typeof learned === 'number' && learned < occurred) {
    report('learned_at', 'before_occurred', { earliest: toInstantCell(occurred) })
  }
  for (const key of ['phoned_at', 'written_at']) {
    const at = values[key]
    if (typeof at !== 'number') continue
    if (typeof learned === 'number' && at < learned) report(key, 'before_learned', { earliest: toInstantCell(learned) })
    else if (typeof occurred === 'number' && at < occurred)
      report(key, 'before_occurred', { earliest: toInstantCell(occurred) })
  }
  if (typeof stage !== 'string' || typeof sequence !== 'number') return
  if (stage === 'follow_up' && sequence === 0) report('sequence', 'sequence_missing')
  if (stage !== 'follow_up' && sequence !== 0) report('sequence', 'sequence_not_zero')
}

function checkUnit(values: Values, report: Report): void {
  const { parent_code: parent, unit_code: code, valid_from: from, valid_to: to } = values
  if (typeof parent === 'string' && parent === code) report('parent_code', 'parent_self')
  if (typeof from === 'string' && typeof to === 'string' && to <= from) report('valid_to', 'interval_empty', { from })
}

function checkLead(values: Values, report: Report): void {
  const { occurred_at: occurred, seen_at: seen } = values
  if (typeof occurred === 'number' && typeof seen === 'number' && seen < occurred) {
    report('seen_at', 'before_occurred', { earliest: toInstantCell(occurred) })
  }
}

function checkDutyLine(values: Values, report: Report): void {
  const { forwarding_reason: reason, forwarding_until: until } = values
  if (typeof until === 'string' && reason === null) report('forwarding_reason', 'forwarding_unreasoned')
  if (typeof reason === 'string' && until === null) report('forwarding_until', 'forwarding_endless')
}

function checkShift(values: Values, report: Report): void {
  const { ends_at: end, starts_at: start } = values
  if (typeof start !== 'number' || typeof end !== 'number') return
  if (end <= start) report('ends_at', 'shift_empty', { start: toInstantCell(start) })
  const latest = start + MAX_SHIFT_DAYS * DAY_MS
  if (end > latest) report('ends_at', 'shift_too_long', { days: String(MAX_SHIFT_DAYS), latest: toInstantCell(latest) })
}

const CHECKS_OF_ROW: Partial<Record<Kind, (values: Values, report: Report) => void>> = {
  reports: checkReport,
  units: checkUnit,
  leads: checkLead,
  duty_lines: checkDutyLine,
  rosters: checkShift,
}

function warnOfFuture(values: Values, columns: readonly KindColumn[], now: number): RowIssue[] {
  const warnings: RowIssue[] = []
  const today = toLocalIso(now).slice(0, 10)
  for (const { key, value: column } of columns) {
    const value = values[key]
    if (column.type === 'instant' && column.isPlan !== true && typeof value === 'number' && value > now) {
      warnings.push({ column: key, value: toInstantCell(value), code: 'in_future', params: {} })
    }
    if (column.type === 'date' && column.use === 'fact' && typeof value === 'string' && value > today) {
      warnings.push({ column: key, value, code: 'in_future', params: {} })
    }
  }
  return warnings
}

/**
 * All that is wrong with a row, and what could be read of it.
 * `now`: epoch ms; what a row says about other rows is not looked at here.
 */
export function parseRow(kind: Kind, plan: ColumnPlan, cells: readonly SourceCell[], now: number): ParsedRow {
  const sheet = KIND_SHEETS[kind]
  const values: Values = {}
  let errors: RowIssue[] | null = null
  const add = (
    column: string | null,
    value: string | null,
    code: string,
    params: Readonly<Record<string, string>> = {},
  ): void => {
    errors ??= []
    errors.push({ column, value, code, params })
  }
  const indexOf = (key: string): number =>
    plan.findIndex((column) => column !== null && column !== 'passed_over' && column.key === key)
  for (let index = 0; index < Math.max(plan.length, cells.length); index += 1) {
    const column = plan[index] ?? null
    if (column === 'passed_over') continue
    if (column === null) {
      if (!isEmptyCell(cells[index]))
        add(null, shownValue(cells[index]), 'cell_without_column', { place: columnLetters(index) })
      continue
    }
    const value = parseCell(cells[index], column, now)
    if (value instanceof CellProblem) add(column.key, shownValue(cells[index]), value.code, value.params)
    else values[column.key] = value
  }
  for (const { key, value } of sheet.columns)
    if (values[key] === undefined && indexOf(key) === -1) values[key] = emptyValue(value)
  // Empty = 0; the contract's own default.
  if (kind === 'reports' && values['sequence'] === null) values['sequence'] = 0
  if (values['withdrawn'] === null) values['withdrawn'] = 'no'
  CHECKS_OF_ROW[kind]?.(values, (column, code, params) => add(column, shownValue(cells[indexOf(column)]), code, params))
  const warnings = errors === null ? warnOfFuture(values, sheet.columns, now) : NO_ISSUES
  return { values, errors: errors ?? NO_ISSUES, warnings }
}
