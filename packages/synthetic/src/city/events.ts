import { type Category, localDateOf, MINUTE_MS, type Quarter, quarterRange, type ReportFact } from '@zhidu/domain'
import { createRandom, sampleChance, sampleInteger, sampleItem, samplePoisson } from '@zhidu/statistics'
import { sampleDay, sampleInstantOf } from '../event/clock.ts'
import { makeReports } from '../event/make-reports.ts'
import { sampleCategoryIn, sampleLevel, sampleTimeToLearn } from '../event/outline.ts'
import { COUNTY_GROUP, type UnitProfile } from './profile.ts'
import type { UnitTruth } from './truth.ts'

/** One event with the reports of the unit it belongs to and, at times, of a second unit. */
export interface CityEvent {
  readonly eventCode: string
  readonly unitCode: string
  readonly category: Category
  readonly occurredAt: number
  readonly learnedAt: number
  readonly reports: readonly ReportFact[]
  readonly partnerReports: readonly ReportFact[]
}

/** Bureaus that report a county's event as well, by its category. */
const PARTNERS: Readonly<Record<Category, readonly string[]>> = {
  natural_disaster: ['D16', 'D23'],
  accident: ['D15', 'D32', 'D13'],
  public_health: ['D21', 'D26'],
  social_security: ['D06', 'D29'],
}
const PARTNER_SHARE = 0.05
const DAY_LENGTH_MS = 24 * 60 * MINUTE_MS

interface Draft {
  readonly profile: UnitProfile
  readonly key: string
  readonly learnedAt: number
}

/** How many events a unit has in a quarter: a Poisson number kept inside what an office would find believable. */
function eventCount(seed: string, profile: UnitProfile, truth: UnitTruth, scale: number): number {
  if (profile.eventsPerQuarter === 0) return 0
  const random = createRandom(`${seed}/${profile.unitCode}/${truth.quarter}/count`)
  const count = samplePoisson(random, truth.expectedEvents * scale)
  const [least, most] = profile.peerGroup === COUNTY_GROUP ? [30, 70] : [2, 38]
  return Math.min(Math.max(count, Math.round(least * scale)), Math.round(most * scale))
}

function draft(seed: string, profile: UnitProfile, quarter: Quarter, number: number): Draft {
  const key = `${seed}/${profile.unitCode}/${quarter}/event/${number}`
  const { firstOn, from, to } = quarterRange(quarter)
  const random = createRandom(`${key}/when`)
  const date = sampleDay(random, firstOn, Math.round((to - from) / DAY_LENGTH_MS))
  return { profile, key, learnedAt: sampleInstantOf(random, date) }
}

function complete(
  { key, learnedAt, profile }: Draft,
  eventCode: string,
  truths: ReadonlyMap<string, UnitTruth>,
): CityEvent {
  const random = createRandom(key)
  const { unitCode } = profile
  const level = sampleLevel(random)
  const category = sampleCategoryIn(random, profile.categories, Number(localDateOf(learnedAt).slice(5, 7)))
  const occurredAt = learnedAt - sampleTimeToLearn(random, level)
  const outline = { eventCode, unitCode, category, level, occurredAt, learnedAt }
  const reports = makeReports(random, outline, getTruth(truths, unitCode))

  const isShared = profile.peerGroup === COUNTY_GROUP && sampleChance(random, PARTNER_SHARE)
  const partnerCode = sampleItem(random, PARTNERS[category])
  const partnerOutline = {
    ...outline,
    unitCode: partnerCode,
    learnedAt: learnedAt + sampleInteger(random, 2, 9) * MINUTE_MS,
  }
  const partnerReports = isShared ? makeReports(random, partnerOutline, getTruth(truths, partnerCode)) : []
  return { eventCode, unitCode, category, occurredAt, learnedAt, reports, partnerReports }
}

function getTruth(truths: ReadonlyMap<string, UnitTruth>, unitCode: string): UnitTruth {
  const truth = truths.get(unitCode)
  if (truth === undefined) throw new RangeError(`no truth of ${unitCode}`)
  return truth
}

/**
 * All events learned of in a quarter, in that order, numbered through by day (`SJ-2026-0817-03`). The whole quarter
 * always, so that a number never depends on how far the present has come.
 */
export function makeQuarterEvents(
  seed: string,
  profiles: readonly UnitProfile[],
  truths: ReadonlyMap<string, UnitTruth>,
  quarter: Quarter,
  scale: number,
): CityEvent[] {
  const drafts = profiles.flatMap((profile) => {
    const count = eventCount(seed, profile, getTruth(truths, profile.unitCode), scale)
    return Array.from({ length: count }, (_, number) => draft(seed, profile, quarter, number))
  })
  // Equal instants keep the order of the units and their numbers.
  drafts.sort((a, b) => a.learnedAt - b.learnedAt)
  const numbers = new DayNumbers('SJ')
  return drafts.map((own) => complete(own, numbers.next(localDateOf(own.learnedAt)), truths))
}

/** Codes such as `SJ-2026-0817-03`, numbered through within a day in the order asked for. */
export class DayNumbers {
  readonly #prefix: string
  readonly #last = new Map<string, number>()

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  next(date: string): string {
    const number = (this.#last.get(date) ?? 0) + 1
    this.#last.set(date, number)
    return `${this.#prefix}-${date.slice(0, 4)}-${date.slice(5, 7)}${date.slice(8)}-${String(number).padStart(2, '0')}`
  }
}
