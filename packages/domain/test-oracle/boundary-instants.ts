/** Instants that rules turn on. Numbers are epoch ms; a quarter's days are counted from its first. */
import fc from 'fast-check'

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

export function startOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`)
}

/** `2026-07-03 14:05:30`, local time. */
export function toCell(at: number): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 19).replace('T', ' ')
}

export function toDate(at: number): string {
  return toCell(at).slice(0, 10)
}

export interface QuarterSpan {
  readonly quarter: string
  /** Epoch ms of 00:00 of its first day and of the day after its last. */
  readonly from: number
  readonly to: number
}

export function quarterSpan(year: number, number: number): QuarterSpan {
  const starts = ['01-01', '04-01', '07-01', '10-01']
  const next = number === 4 ? `${year + 1}-01-01` : `${year}-${starts[number]}`
  return { quarter: `${year}Q${number}`, from: startOfDate(`${year}-${starts[number - 1]}`), to: startOfDate(next) }
}

/** 00:00 of a day: mostly at the edges of the quarter and around two days in its middle, so that facts meet. */
export function dayIn(span: QuarterSpan): fc.Arbitrary<number> {
  const days = Math.round((span.to - span.from) / DAY)
  const middle = Math.floor(days / 2)
  return fc
    .oneof(
      { weight: 5, arbitrary: fc.constantFrom(0, middle, middle + 1, middle - 1, days - 1) },
      { weight: 2, arbitrary: fc.constantFrom(-1, 1, days - 2, days, days + 1) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: days - 1 }) },
    )
    .map((day) => span.from + day * DAY)
}

/** A second either side, or the instant itself. */
export const nudge: fc.Arbitrary<number> = fc.constantFrom(0, -1, 1).map((seconds) => seconds * SECOND)

/** A time of day: midnight, a slot, two hours before a slot, what limits lead to, or any second. */
const timeOfDay: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 6, 8, 15, 17, 22, 23).map((hour) => hour * HOUR) },
  { weight: 2, arbitrary: fc.constantFrom(5, 7, 14, 16, 23).map((hour) => hour * HOUR + 25 * MINUTE) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 86_399 }).map((second) => second * SECOND) },
)

/** An instant of the quarter or just outside it. */
export function instantIn(span: QuarterSpan): fc.Arbitrary<number> {
  return fc.tuple(dayIn(span), timeOfDay, nudge).map(([day, time, shift]) => day + time + shift)
}

/** The `n`-th of all 08:00 and 17:00 after an instant, n from 0. */
export function slotAfter(at: number, n: number): number {
  let day = startOfDate(toDate(at))
  let left = n
  for (;;) {
    for (const hour of [8, 17]) {
      const slot = day + hour * HOUR
      if (slot <= at) continue
      if (left === 0) return slot
      left -= 1
    }
    day += DAY
  }
}
