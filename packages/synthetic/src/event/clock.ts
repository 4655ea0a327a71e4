import { addDays, DAY_MS, HOUR_MS, MINUTE_MS, type PlainDate, startOfLocalDay } from '@zhidu/domain'
import { type Random, sampleCategory, sampleChance, sampleInteger } from '@zhidu/statistics'

/** Relative frequency of events by hour of the local day: a quiet night, peaks of the morning and the late afternoon. */
const HOUR_WEIGHTS: Readonly<Record<string, number>> = {
  h00: 18, h01: 14, h02: 11, h03: 10, h04: 10, h05: 14, h06: 26, h07: 44, h08: 58, h09: 66, h10: 68, h11: 60,
  h12: 46, h13: 44, h14: 56, h15: 64, h16: 68, h17: 66, h18: 58, h19: 50, h20: 46, h21: 40, h22: 32, h23: 24,
} // prettier-ignore

/** A weekend's day brings this share of what a working day brings. */
const WEEKEND_SHARE = 0.8

function isWeekend(date: PlainDate): boolean {
  // 1970-01-01 was a Thursday.
  const day = (Math.floor((startOfLocalDay(date) + 12 * HOUR_MS) / DAY_MS) + 4) % 7
  return day === 0 || day === 6
}

/** A day of a range of `dayCount` days, working days a little more often. */
export function sampleDay(random: Random, firstOn: PlainDate, dayCount: number): PlainDate {
  for (;;) {
    const date = addDays(firstOn, sampleInteger(random, 0, dayCount - 1))
    if (!isWeekend(date) || sampleChance(random, WEEKEND_SHARE)) return date
  }
}

/** An instant of a day by the hours at which events happen; whole minutes. */
export function sampleInstantOf(random: Random, date: PlainDate): number {
  const hour = Number(sampleCategory(random, HOUR_WEIGHTS).slice(1))
  return startOfLocalDay(date) + hour * HOUR_MS + sampleInteger(random, 0, 59) * MINUTE_MS
}

export function isNight(at: number): boolean {
  const hour = Math.floor((at + 8 * HOUR_MS) / HOUR_MS) % 24
  return hour < 7 || hour >= 20
}
