import type { Quarter } from '@zhidu/domain'
import { createRandom, sampleNormal } from '@zhidu/statistics'
import type { UnitProfile } from './profile.ts'

/**
 * A unit's true quality in a quarter: the probabilities its facts are drawn from. What an office sees are counts that
 * scatter around these.
 */
export interface UnitTruth {
  readonly unitCode: string
  readonly quarter: Quarter
  /** Mean number of events of the unit's own in a whole quarter, before limits of the draw. */
  readonly expectedEvents: number
  /** First reports: the three add up to 1. */
  readonly onTime: number
  readonly late: number
  readonly missing: number
  /** That a written event still lacks elements a day after its first report. */
  readonly incomplete: number
  /** That an element of a written event has been given by then. */
  readonly elementGiven: number
  /** Level I and II: that the call comes within its limit. */
  readonly phonedOnTime: number
  /** Level I to III: that a slot is met. */
  readonly slotMet: number
  readonly checkPassed: number
  readonly filedOnTime: number
  /** The unit's real step against the quarter before, in log-odds of `onTime`; 0 = none but slow drift. */
  readonly realChange: number
}

/** Quarters between one regime of a unit and the next. */
const REGIME_QUARTERS = 6
/** Of first reports that are not on time, those that never come. */
const MISSING_SHARE = 0.08
/** How many elements an incomplete event lacks, and how often. */
export const LACKING_WEIGHTS = { '1': 60, '2': 26, '3': 10, '5': 4 } as const
const MEAN_LACKING = (1 * 60 + 2 * 26 + 3 * 10 + 5 * 4) / 100
const ELEMENT_COUNT = 12

function logit(share: number): number {
  return Math.log(share / (1 - share))
}

function fromLogit(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

/** Quarters since the year 0, so that a step is +1. */
function indexOf(quarter: Quarter): number {
  return Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(5)) - 1
}

/** Level of the regime a unit is in: most differ little, a few a lot. */
function regimeOf(seed: string, unitCode: string, index: number): number {
  const phase = createRandom(`${seed}/${unitCode}/phase`).uint32() % REGIME_QUARTERS
  const number = Math.floor((index + phase) / REGIME_QUARTERS)
  const random = createRandom(`${seed}/${unitCode}/regime/${number}`)
  const isMarked = random.unit() < 0.3
  return sampleNormal(random) * (isMarked ? 0.8 : 0.15)
}

/** Slow drift: neighbouring quarters share half of it. Depends on the quarter alone, never on a window of history. */
function driftOf(seed: string, unitCode: string, what: string, index: number): number {
  const shock = (at: number) => sampleNormal(createRandom(`${seed}/${unitCode}/${what}/${at}`))
  return (shock(index) + shock(index - 1)) / Math.SQRT2
}

/** The truth of a unit in a quarter, the same whatever else is asked for. */
export function truthOf(seed: string, profile: UnitProfile, quarter: Quarter): UnitTruth {
  const { unitCode } = profile
  const index = indexOf(quarter)
  const regime = regimeOf(seed, unitCode, index)
  const step = regime + 0.2 * driftOf(seed, unitCode, 'on-time', index)
  const move = (share: number, by: number) => Math.min(fromLogit(logit(share) + by), 0.995)
  const onTime = move(profile.onTime, step)
  const missing = (1 - onTime) * MISSING_SHARE
  const incomplete = 1 - move(1 - profile.incomplete, 0.5 * regime + 0.2 * driftOf(seed, unitCode, 'elements', index))
  return {
    unitCode,
    quarter,
    expectedEvents: profile.eventsPerQuarter * Math.exp(0.1 * driftOf(seed, unitCode, 'volume', index)),
    onTime,
    late: 1 - onTime - missing,
    missing,
    incomplete,
    elementGiven: 1 - (incomplete * MEAN_LACKING) / ELEMENT_COUNT,
    phonedOnTime: move(profile.onTime, step - 0.3),
    slotMet: move(profile.onTime, step + 0.4),
    checkPassed: move(profile.checkPassed, 0.3 * regime + 0.3 * driftOf(seed, unitCode, 'checks', index)),
    filedOnTime: move(0.93, logit(profile.onTime) / 4 - 0.5),
    realChange: regime - regimeOf(seed, unitCode, index - 1),
  }
}
