import { LOCAL_OFFSET_MS, startOfLocalDay } from './local-time.ts'
import { addDays, type PlainDate, toPlainDate } from './plain-date.ts'

/** A quarter as written in codes: `2026Q3`. Order of text is order of time. */
export type Quarter = string & { readonly __brand: 'Quarter' }

export function isQuarter(text: string): text is Quarter {
  return /^[1-9]\d{3}Q[1-4]$/.test(text)
}

/** Throws RangeError when `text` is not a quarter such as `2026Q3`. */
export function toQuarter(text: string): Quarter {
  if (!isQuarter(text)) throw new RangeError(`not a quarter: ${text}`)
  return text
}

/** The quarter, in local time, of an instant (epoch ms). */
export function quarterOf(at: number): Quarter {
  const local = new Date(at + LOCAL_OFFSET_MS)
  return toQuarter(`${local.getUTCFullYear()}Q${Math.floor(local.getUTCMonth() / 3) + 1}`)
}

export const MONTHS_PER_QUARTER = 3

/** Which month of its quarter, local time, an instant (epoch ms) falls in: 0, 1 or 2. */
export function monthOfQuarter(at: number): number {
  return new Date(at + LOCAL_OFFSET_MS).getUTCMonth() % MONTHS_PER_QUARTER
}

export function quarterOfDate(date: PlainDate): Quarter {
  return quarterOf(startOfLocalDay(date))
}

export interface QuarterRange {
  readonly firstOn: PlainDate
  readonly lastOn: PlainDate
  /** Epoch ms; half-open: `from ≤ at < to`. */
  readonly from: number
  readonly to: number
}

export function quarterRange(quarter: Quarter): QuarterRange {
  const year = Number(quarter.slice(0, 4))
  const index = Number(quarter.slice(5)) - 1
  const month = (n: number): string => String(n).padStart(2, '0')
  const firstOn = toPlainDate(`${quarter.slice(0, 4)}-${month(index * 3 + 1)}-01`)
  const nextOn = index === 3 ? toPlainDate(`${year + 1}-01-01`) : toPlainDate(`${year}-${month(index * 3 + 4)}-01`)
  return { firstOn, lastOn: addDays(nextOn, -1), from: startOfLocalDay(firstOn), to: startOfLocalDay(nextOn) }
}

/** `steps` quarters later; negative = earlier. */
export function shiftQuarter(quarter: Quarter, steps: number): Quarter {
  const index = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(5)) - 1 + steps
  return toQuarter(`${Math.floor(index / 4)}Q${(index % 4) + 1}`)
}
