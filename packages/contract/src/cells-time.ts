import { DAY_MS, LOCAL_OFFSET_MS, MINUTE_MS, type PlainDate, SECOND_MS, toPlainDate } from '@zhidu/domain'
import { CellProblem } from './cells.ts'

const DATE = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/
const INSTANT =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[Tt]| *)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? *([Zz]|[+-]\d{2}(?::?\d{2})?)?$/
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const EARLIEST_FACT = '2000-01-01'
/** The year the People's Republic was founded: no unit of its government is older. */
const EARLIEST_VALIDITY = '1949-10-01'
/** What programs write for a date they do not have. */
const ZERO_OF_COMPUTERS = '1970-01-01'
const FACT_DAYS_AHEAD = 366
const VALIDITY_DAYS_AHEAD = 3_660

/** The same text in half width, with plain separators; cheap when there is nothing to do. */
function toPlainTime(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim()
}

/** Days since 1970-01-01 of a real date, else null. */
function toDayNumber(year: number, month: number, day: number): number | null {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const length = month === 2 && isLeap ? 29 : DAYS_OF_MONTH[month - 1]
  if (length === undefined || day < 1 || day > length || year < 1) return null
  const at = new Date(0)
  return at.setUTCFullYear(year, month - 1, day) / DAY_MS
}

function dayNumberOf(match: RegExpExecArray): number | null {
  return toDayNumber(
    Number(match[1]),
    Number(match[2] ?? match[4] ?? match[6]),
    Number(match[3] ?? match[5] ?? match[7]),
  )
}

function toDateText(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10)
}

/** Milliseconds of `+08:00`, `+0800`, `+08` or `Z`; null when it is no offset of a place on earth. */
function toOffset(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', ''))
  if (Number(text.slice(3).replace(':', '')) > 59 || minutes > 14 * 60) return null
  return (text.startsWith('-') ? -minutes : minutes) * MINUTE_MS
}

function checkBounds(date: string, use: 'fact' | 'validity', now: number): CellProblem | null {
  const latest = toDateText(
    Math.floor((now + LOCAL_OFFSET_MS) / DAY_MS) + (use === 'fact' ? FACT_DAYS_AHEAD : VALIDITY_DAYS_AHEAD),
  )
  const earliest = use === 'fact' ? EARLIEST_FACT : EARLIEST_VALIDITY
  if (date < earliest || date === ZERO_OF_COMPUTERS) return new CellProblem('date_too_early', { earliest })
  if (date > latest) return new CellProblem('date_too_late', { latest })
  return null
}

// One bound a day is enough, and a million rows ask for it.
let factBounds = { day: NaN, from: 0, to: 0, latest: '' }

function checkInstant(at: number, now: number): number | CellProblem {
  const day = Math.floor((now + LOCAL_OFFSET_MS) / DAY_MS)
  if (factBounds.day !== day) {
    const to = (day + FACT_DAYS_AHEAD + 1) * DAY_MS - LOCAL_OFFSET_MS
    factBounds = {
      day,
      from: Date.parse(`${EARLIEST_FACT}T00:00:00+08:00`),
      to,
      latest: toDateText(day + FACT_DAYS_AHEAD),
    }
  }
  if (at < factBounds.from) return new CellProblem('date_too_early', { earliest: EARLIEST_FACT })
  if (at >= factBounds.to) return new CellProblem('date_too_late', { latest: factBounds.latest })
  return at
}

/**
 * Epoch ms, whole seconds: fractions are cut. Local time (UTC+08:00) unless an offset is given.
 * `now`: epoch ms, for the bounds of what is believed (docs/import-rules.md).
 */
export function parseInstantText(text: string, now: number): number | CellProblem {
  const match = INSTANT.exec(toPlainTime(text))
  if (match === null) {
    return new CellProblem(DATE.test(toPlainTime(text)) ? 'instant_without_time' : 'instant_format')
  }
  const dayNumber = dayNumberOf(match)
  const hours = Number(match[8])
  const minutes = Number(match[9])
  const seconds = Number(match[10] ?? 0)
  const offset = match[11] === undefined ? LOCAL_OFFSET_MS : toOffset(match[11])
  if (dayNumber === null || hours > 23 || minutes > 59 || seconds > 59 || offset === null) {
    return new CellProblem('instant_unreal')
  }
  return checkInstant(dayNumber * DAY_MS + ((hours * 60 + minutes) * 60 + seconds) * SECOND_MS - offset, now)
}

/** A real spreadsheet date, rounded to the nearest second; its wall clock is local time. */
export function parseInstantSerial(wallClock: number, now: number): number | CellProblem {
  return checkInstant(Math.round(wallClock / SECOND_MS) * SECOND_MS - LOCAL_OFFSET_MS, now)
}

export function parseDateText(text: string, use: 'fact' | 'validity', now: number): PlainDate | CellProblem {
  const plain = toPlainTime(text).replace(/(?:[Tt]| )0{1,2}:00(?::00(?:[.,]0+)?)?$/, '')
  const match = DATE.exec(plain)
  if (match === null) return new CellProblem(INSTANT.test(plain) ? 'date_with_time' : 'date_format')
  const dayNumber = dayNumberOf(match)
  if (dayNumber === null) return new CellProblem('date_unreal')
  const date = toDateText(dayNumber)
  return checkBounds(date, use, now) ?? toPlainDate(date)
}

export function parseDateSerial(wallClock: number, use: 'fact' | 'validity', now: number): PlainDate | CellProblem {
  const at = Math.round(wallClock / SECOND_MS) * SECOND_MS
  if (at % DAY_MS !== 0) return new CellProblem('date_with_time')
  const date = toDateText(at / DAY_MS)
  return checkBounds(date, use, now) ?? toPlainDate(date)
}
