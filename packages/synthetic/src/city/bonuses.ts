import {
  addDays,
  type BonusFact,
  type BonusKind,
  DAY_MS,
  type Quarter,
  quarterRange,
  startOfLocalDay,
} from '@zhidu/domain'
import { createRandom, sampleCategory, sampleInteger, sampleItem, samplePoisson } from '@zhidu/statistics'
import { type CityEvent, DayNumbers } from './events.ts'

const PER_QUARTER = 5
const KIND_WEIGHTS: Readonly<Record<BonusKind, number>> = {
  media: 62,
  instruction_city: 26,
  instruction_province: 10,
  instruction_national: 2,
}

/** What a quarter's reports were praised for, numbered through by day (`JF-2026-0820-01`). In the order awarded. */
export function makeQuarterBonuses(seed: string, quarter: Quarter, events: readonly CityEvent[]): BonusFact[] {
  const random = createRandom(`${seed}/${quarter}/bonuses`)
  const { firstOn, from, to } = quarterRange(quarter)
  const count = samplePoisson(random, PER_QUARTER)
  const days = Array.from({ length: count }, () => sampleInteger(random, 6, Math.round((to - from) / DAY_MS) - 1))
  const numbers = new DayNumbers('JF')
  return days
    .toSorted((a, b) => a - b)
    .flatMap((day) => {
      const awardedOn = addDays(firstOn, day)
      // Only what was reported, and some days before.
      const praised = events.filter(
        ({ learnedAt, reports }) =>
          learnedAt < startOfLocalDay(awardedOn) - 2 * DAY_MS && reports.some(({ writtenAt }) => writtenAt !== null),
      )
      if (praised.length === 0) return []
      const { eventCode, unitCode } = sampleItem(random, praised)
      return [
        {
          bonusCode: numbers.next(awardedOn),
          unitCode,
          kind: sampleCategory(random, KIND_WEIGHTS),
          awardedOn,
          eventCode,
        },
      ]
    })
}
