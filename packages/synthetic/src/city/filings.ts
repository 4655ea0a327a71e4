import {
  addDays,
  DAY_MS,
  FILING_FORMS,
  type FilingFact,
  type HolidayBlock,
  HOUR_MS,
  MINUTE_MS,
  type Quarter,
  quarterOfDate,
  startOfLocalDay,
} from '@zhidu/domain'
import { createRandom, type Random, sampleCategory, sampleInteger } from '@zhidu/statistics'
import type { UnitProfile } from './profile.ts'
import type { UnitTruth } from './truth.ts'

/** Calendar days before the first day off by which both forms are due (the sample rules). */
const LEAD_DAYS = 5
/** Of forms that are not on time, those that come at all. */
const LATE_SHARE = 0.72

function officeTime(random: Random, day: number): number {
  return day + sampleInteger(random, 8 * 60 + 30, 17 * 60 + 40) * MINUTE_MS
}

/** When a form came in; null = never. `dueDay`: 00:00 of the day by whose end it is due. */
function receivedAt(random: Random, truth: UnitTruth, dueDay: number): number | null {
  const notOnTime = 1 - truth.filedOnTime
  const outcome = sampleCategory(random, {
    onTime: truth.filedOnTime,
    late: notOnTime * LATE_SHARE,
    never: notOnTime * (1 - LATE_SHARE),
  })
  if (outcome === 'never') return null
  if (outcome === 'late') return officeTime(random, dueDay + sampleInteger(random, 1, 3) * DAY_MS)
  const early = sampleCategory(random, { d0: 30, d1: 30, d2: 20, d3: 12, d4: 8 })
  return officeTime(random, dueDay - Number(early.slice(1)) * DAY_MS)
}

/** The forms due in a quarter; one that never came is a row without an instant. In the order of units and holidays. */
export function makeQuarterFilings(
  seed: string,
  profiles: readonly UnitProfile[],
  truths: ReadonlyMap<string, UnitTruth>,
  quarter: Quarter,
  holidays: readonly HolidayBlock[],
): { readonly filing: FilingFact; readonly knownAt: number }[] {
  const due = holidays
    .map((block) => ({ block, dueOn: addDays(block.firstDayOff, -LEAD_DAYS) }))
    .filter(({ dueOn }) => quarterOfDate(dueOn) === quarter)
  return profiles.flatMap(({ unitCode }) => {
    const truth = truths.get(unitCode)
    if (truth === undefined) return []
    return due.flatMap(({ block, dueOn }) =>
      FILING_FORMS.map((form) => {
        const random = createRandom(`${seed}/${unitCode}/filing/${block.year}-${block.name}/${form}`)
        const dueDay = startOfLocalDay(dueOn)
        const received = receivedAt(random, truth, dueDay)
        const identity = { unitCode, holidayYear: block.year, holidayName: block.name, form }
        // The clerk gives a form up three days after it was due.
        const knownAt = received ?? dueDay + 4 * DAY_MS + 9 * HOUR_MS
        return { filing: { ...identity, receivedAt: received }, knownAt }
      }),
    )
  })
}
