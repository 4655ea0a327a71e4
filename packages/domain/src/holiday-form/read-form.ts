import { HOLIDAYS, type HolidayName } from '../facts/facts.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'
import { plainHead } from './form-heads.ts'

export const READ_PROBLEMS = [
  'nothing_read',
  'head_assumed',
  'other_holiday',
  'rows_cut',
  'day_unreadable',
  'weekday_differs',
  'day_missing',
  'name_missing',
  'phone_unreadable',
  'hours_unreadable',
  'time_unreadable',
] as const
export type ReadProblemKind = (typeof READ_PROBLEMS)[number]

/** Something that could not be read as it stands; said cell by cell. */
export interface ReadProblem {
  readonly kind: ReadProblemKind
  /** As a spreadsheet numbers it, from 1; null = the file as a whole. */
  readonly row: number | null
  /** `A`, `B`, …; null = the row as a whole. */
  readonly column: string | null
  /** What stands there, cut short; null = nothing. */
  readonly value: string | null
}

/** A row of a table, or a paragraph beside it, as one cell. */
export interface SourceRow {
  readonly row: number
  readonly cells: readonly string[]
}

const SHOWN_CHARS = 60
const LETTERS = 26

/** `A` for 0, `AA` for 26. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % LETTERS))
  return index < LETTERS ? last : columnName(Math.floor(index / LETTERS) - 1) + last
}

export function readProblem(
  kind: ReadProblemKind,
  row: SourceRow | null,
  column: number | null = null,
  text?: string,
): ReadProblem {
  const value = text ?? row?.cells[column ?? -1] ?? ''
  return {
    kind,
    row: row?.row ?? null,
    column: column === null ? null : columnName(column),
    value: value === '' ? null : value.slice(0, SHOWN_CHARS),
  }
}

/** What stands beside the table: who filled it in, telephones, and which holiday its title names. */
export interface AroundTable {
  readonly filledBy: string
  readonly phone: string
  readonly dutyPhone: string
  readonly fax: string
  readonly holiday: HolidayName | null
}

const LABELS = {
  filledBy: /(?:填表人|填报人|制表人|经办人)[::]\s*([^\s::]{1,20})/,
  dutyPhone: /值班(?:室)?电话[::]\s*([\d()+ -]{3,30}\d)/,
  fax: /传真(?:电话|号码)?[::]\s*([\d()+ -]{3,30}\d)/,
  phone: /联系(?:电话|方式)[::]\s*([\d()+ -]{3,30}\d)/,
} as const

/** The first of the holidays a title names; one of two that are off together counts as well. */
function findHoliday(text: string, block: HolidayBlock): HolidayName | null {
  const named = HOLIDAYS.filter((name) => text.includes(name.replace(/节$/, '')))
  return named.find((name) => name === block.name) ?? named[0] ?? null
}

export function readAround(rows: readonly SourceRow[], block: HolidayBlock): AroundTable {
  const texts = rows.map(({ cells }) =>
    cells
      .filter((cell) => cell !== '')
      .join('　')
      .normalize('NFKC'),
  )
  const find = (label: RegExp): string => {
    for (const text of texts) {
      const [, value] = label.exec(text) ?? []
      if (value !== undefined) return value.trim()
    }
    return ''
  }
  const title = texts.find((text) => /(?:去向|值班).*(?:表|安排)/.test(text)) ?? ''
  return {
    filledBy: find(LABELS.filledBy),
    phone: find(LABELS.phone),
    dutyPhone: find(LABELS.dutyPhone),
    fax: find(LABELS.fax),
    holiday: findHoliday(title, block),
  }
}

/** True for the foot under a table: notes and who filled it in. */
export function isFoot({ cells }: SourceRow): boolean {
  return /^(?:填表人|填报人|制表人|经办人|联系电话|注[::]|备注[::]|说明[::]|单位负责人|负责人签)/.test(
    plainHead(cells.find((cell) => cell.trim() !== '') ?? ''),
  )
}

/** Several names or numbers in one cell. */
export function splitCell(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/[、,;/\n]+|\s{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
