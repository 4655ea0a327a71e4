/** A calendar date `YYYY-MM-DD` without time or zone. Compare with `<`; order of text is order of time. */
export type PlainDate = string & { readonly __brand: 'PlainDate' }

const PLAIN_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a real date of the Gregorian calendar in years 0001–9999, written `YYYY-MM-DD`. */
export function isPlainDate(text: string): text is PlainDate {
  const match = PLAIN_DATE.exec(text)
  if (match === null) return false
  const at = new Date(`${text}T00:00:00Z`).getTime()
  return Number.isFinite(at) && match[1] !== '0000' && new Date(at).toISOString().slice(0, 10) === text
}

/** Throws RangeError when `text` is not a real date. */
export function toPlainDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new RangeError(`not a date: ${text}`)
  return text
}

/** The first and the last millisecond of the years 0001–9999 in UTC. */
const FIRST_MS = -62_135_596_800_000
const LAST_MS = 253_402_300_799_999

/** The date on which an instant (epoch ms) falls in UTC. Throws RangeError outside the years 0001–9999. */
export function utcDateOf(at: number): PlainDate {
  if (!(at >= FIRST_MS && at <= LAST_MS)) throw new RangeError(`no date: ${at}`)
  // Safe: so the dates of these years are written.
  return new Date(at).toISOString().slice(0, 10) as PlainDate
}

/** 0 = Monday, 6 = Sunday. */
export function weekdayOf(date: PlainDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** `days` may be negative. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return utcDateOf(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000)
}
