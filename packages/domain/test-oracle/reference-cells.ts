/** Rows, a calendar made by counting (no Date, no library) and the unit in force on a day, for the reference only. */

export type Row = Readonly<Record<string, string>>

export interface ReferenceFiles {
  readonly units: readonly Row[]
  readonly reports: readonly Row[]
  readonly checks: readonly Row[]
  readonly misreports: readonly Row[]
  readonly filings: readonly Row[]
  readonly bonuses: readonly Row[]
  /** `holiday` (`2026-中秋节`) and `first_day_off`; the announced ones only. */
  readonly holidays: readonly Row[]
}

/** §5 Holiday filing: "First days off in 2026". */
export const HOLIDAYS_OF_2026: readonly Row[] = [
  { holiday: '2026-元旦', first_day_off: '2026-01-01' },
  { holiday: '2026-春节', first_day_off: '2026-02-15' },
  { holiday: '2026-清明节', first_day_off: '2026-04-04' },
  { holiday: '2026-劳动节', first_day_off: '2026-05-01' },
  { holiday: '2026-端午节', first_day_off: '2026-06-19' },
  { holiday: '2026-中秋节', first_day_off: '2026-09-25' },
  { holiday: '2026-国庆节', first_day_off: '2026-10-01' },
]

const DATES: string[] = []
const DAY_NUMBER = new Map<string, bigint>()
for (let year = 2000; year < 2040; year += 1) {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= (lengths[month - 1] ?? 0); day += 1) {
      const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
      DAY_NUMBER.set(date, BigInt(DATES.length))
      DATES.push(date)
    }
  }
}

export const DAY = 86_400n
export const HOUR = 3_600n
export const MINUTE = 60n

export function midnight(date: string): bigint {
  const number = DAY_NUMBER.get(date)
  if (number === undefined) throw new RangeError(`no such day: ${date}`)
  return number * DAY
}

/** §1 Values, Instant. */
export function seconds(cell: string): bigint {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(cell)
  if (parts === null) throw new RangeError(`no instant: ${cell}`)
  const written = midnight(parts[1] ?? '') + BigInt(parts[2] ?? 0) * HOUR + BigInt(parts[3] ?? 0) * MINUTE
  const offset = parts[5] === 'Z' ? '+00:00' : (parts[5] ?? '+08:00')
  const offsetSize = BigInt(offset.slice(1, 3)) * HOUR + BigInt(offset.slice(4, 6)) * MINUTE
  const offsetSeconds = offset.startsWith('-') ? -offsetSize : offsetSize
  return written + BigInt(parts[4] ?? 0) - offsetSeconds + 8n * HOUR
}

export function dateOf(at: bigint): string {
  const date = DATES[Number(at / DAY)]
  if (date === undefined) throw new RangeError(`no day for ${at}`)
  return date
}

export function iso(at: bigint): string {
  const two = (n: bigint) => n.toString().padStart(2, '0')
  const rest = at % DAY
  return `${dateOf(at)}T${two(rest / HOUR)}:${two((rest % HOUR) / MINUTE)}:${two(rest % MINUTE)}+08:00`
}

/** §1 Values, List inside a cell: a set. */
export function list(cell: string): Set<string> {
  return new Set(
    cell
      .split(/[;；]/)
      .map((key) => key.trim())
      .filter((key) => key !== ''),
  )
}

export function cell(row: Row, column: string): string {
  return row[column] ?? ''
}

/** Order of strings by code point, not by UTF-16 unit. */
export function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (sign) => sign.codePointAt(0) ?? 0)
  const right = Array.from(b, (sign) => sign.codePointAt(0) ?? 0)
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0)
  }
  return left.length - right.length
}

/** §2 units: half-open; empty = always, and still. */
export function rowOfUnitOn(files: ReferenceFiles, unitCode: string, date: string): Row | undefined {
  return files.units.find(
    (row) =>
      cell(row, 'unit_code') === unitCode &&
      (cell(row, 'valid_from') === '' || cell(row, 'valid_from') <= date) &&
      (cell(row, 'valid_to') === '' || date < cell(row, 'valid_to')),
  )
}

function firstDayOfQuarter(quarter: string): string {
  const month = { '1': '01', '2': '04', '3': '07', '4': '10' }[quarter.slice(5)]
  return `${quarter.slice(0, 4)}-${month}-01`
}

export function lastDayOfQuarter(quarter: string): string {
  const end = { '1': '03-31', '2': '06-30', '3': '09-30', '4': '12-31' }[quarter.slice(5)]
  return `${quarter.slice(0, 4)}-${end}`
}

export function isInQuarter(date: string, quarter: string): boolean {
  return firstDayOfQuarter(quarter) <= date && date <= lastDayOfQuarter(quarter)
}
