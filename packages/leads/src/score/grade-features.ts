import { HOUR_MS, type Level, LEVELS as LEVEL_KEYS } from '@zhidu/domain'
import type { FeatureReason, Grade } from './record.ts'
import {
  bitsOf,
  FIGURES,
  LEVELS,
  OCCURRED,
  OCCURRED_HOURS,
  PLACE,
  SEEN,
  SEEN_BEFORE,
  SEEN_HOURS,
  type Step,
  TEXT,
  type Weight,
} from './weights.ts'

/** A grade with its bits and, where there is one, the distance. */
export type Graded = Omit<FeatureReason, 'feature'>

const NOT_SAID: Graded = { grade: 'none', bits: 0, distance: null }

function toGraded(weight: Weight, distance: number | null): Graded {
  return { grade: weight.grade, bits: bitsOf(weight), distance }
}

const OCCURRED_BITS = OCCURRED.map(bitsOf)
const SEEN_BITS = SEEN.map(bitsOf)
const SEEN_BEFORE_BITS = bitsOf(SEEN_BEFORE)

/** Times of a lead: `hours` is to its own time of occurrence when it says one, else from the event to when it was seen. */
export interface LeadTimes {
  readonly seenAt: number
  readonly occurredAt: number | null
}

/** Hours between; null = outside of what is compared at all. */
export function hoursBetween({ occurredAt, seenAt }: LeadTimes, happenedAt: number): number | null {
  if (occurredAt !== null) {
    const hours = Math.abs(occurredAt - happenedAt) / HOUR_MS
    return hours <= OCCURRED_HOURS ? hours : null
  }
  const hours = (seenAt - happenedAt) / HOUR_MS
  return hours >= -SEEN_HOURS.before && hours <= SEEN_HOURS.after ? hours : null
}

function stepAt(steps: readonly Step[], hours: number): number {
  return steps.findIndex(({ upTo }) => hours <= upTo)
}

/** `hours` as `hoursBetween` gives them. */
export function timeBits(isOccurred: boolean, hours: number): number {
  if (isOccurred) return OCCURRED_BITS[stepAt(OCCURRED, hours)] ?? 0
  return hours < 0 ? SEEN_BEFORE_BITS : (SEEN_BITS[stepAt(SEEN, hours)] ?? 0)
}

export function gradeTime(isOccurred: boolean, hours: number): Graded {
  if (!isOccurred && hours < 0) return toGraded(SEEN_BEFORE, hours)
  const step = isOccurred ? OCCURRED[stepAt(OCCURRED, hours)] : SEEN[stepAt(SEEN, hours)]
  return step === undefined ? NOT_SAID : toGraded(step, hours)
}

/**
 * The span of time, as offsets of hours, outside of which no grade has `bits` or more; null = none has. From the lead's
 * time back (positive) and on (negative).
 */
export function spanOfBits(isOccurred: boolean, bits: number): { readonly back: number; readonly on: number } | null {
  if (isOccurred) {
    const last = OCCURRED.filter((_, at) => (OCCURRED_BITS[at] ?? 0) >= bits).at(-1)
    return last === undefined ? null : { back: last.upTo, on: last.upTo }
  }
  const last = SEEN.filter((_, at) => (SEEN_BITS[at] ?? 0) >= bits).at(-1)
  const isBefore = SEEN_BEFORE_BITS >= bits
  if (last === undefined && !isBefore) return null
  return { back: last?.upTo ?? 0, on: isBefore ? SEEN_HOURS.before : 0 }
}

export const PLACE_BITS = { same: bitsOf(PLACE.same), apart: bitsOf(PLACE.apart) }

/** What the places say, as `gradePlace` grades them. */
export function placeBits(own: readonly string[], theirs: readonly string[]): number {
  if (own.length === 0 || theirs.length === 0) return 0
  for (const place of own) if (theirs.includes(place)) return PLACE_BITS.same
  return PLACE_BITS.apart
}

/** Of who names a place each: one in common, or none. */
export function gradePlace(own: readonly string[], theirs: readonly string[]): Graded {
  if (own.length === 0 || theirs.length === 0) return NOT_SAID
  return toGraded(own.some((place) => theirs.includes(place)) ? PLACE.same : PLACE.apart, null)
}

/** Most of both that is still rounding or a first count. */
const NEAR_SHARE = 0.3

function weighFigure(own: number, theirs: number): Weight {
  if (own === theirs) return own === 0 ? FIGURES.nobody : FIGURES.same
  const apart = Math.abs(own - theirs)
  if (own === 0 || theirs === 0) return apart <= 2 ? FIGURES.few : FIGURES.far
  return apart <= Math.max(1, NEAR_SHARE * Math.max(own, theirs)) ? FIGURES.near : FIGURES.far
}

const FIGURE_BITS = new Map<Weight, number>(Object.values(FIGURES).map((weight) => [weight, bitsOf(weight)]))
const LEVEL_BITS = new Map<Weight, number>(Object.values(LEVELS).map((weight) => [weight, bitsOf(weight)]))

interface Persons {
  readonly deaths: number | null
  readonly injuries: number | null
}

/** From I (0) to IV (3): the least level that the figures make, by the statute's limits of deaths and injuries. */
function levelOf({ deaths, injuries }: Persons): number {
  const [dead, hurt] = [deaths ?? 0, injuries ?? 0]
  if (dead >= 30 || hurt >= 100) return 0
  if (dead >= 10 || hurt >= 50) return 1
  return dead >= 3 || hurt >= 10 ? 2 : 3
}

function weighLevel(own: number, theirs: number): Weight {
  const apart = Math.abs(own - theirs)
  if (apart === 0) return own === 3 ? LEVELS.least : LEVELS.same
  return apart === 1 ? LEVELS.near : LEVELS.far
}

const NEAR_BITS = 0.5

function gradeOfBits(bits: number): Grade {
  if (bits >= 2) return 'same'
  if (bits >= NEAR_BITS) return 'near'
  return bits > -NEAR_BITS ? 'weak' : 'far'
}

/** What the casualties say, as `gradeCasualties` grades them. */
export function casualtyBits(own: Persons, theirs: Persons & { readonly level: Level | null }): number {
  if (own.deaths === null && own.injuries === null) return 0
  const deaths = own.deaths !== null && theirs.deaths !== null
  const injuries = own.injuries !== null && theirs.injuries !== null
  if (!deaths && !injuries) {
    if (theirs.level === null) return 0
    return LEVEL_BITS.get(weighLevel(levelOf(own), LEVEL_KEYS.indexOf(theirs.level))) ?? 0
  }
  const ofDeaths = deaths ? (FIGURE_BITS.get(weighFigure(own.deaths ?? 0, theirs.deaths ?? 0)) ?? 0) : 0
  return ofDeaths + (injuries ? (FIGURE_BITS.get(weighFigure(own.injuries ?? 0, theirs.injuries ?? 0)) ?? 0) : 0)
}

/** Persons where both sides count them; else the level that the lead's figures make against that of the report. */
export function gradeCasualties(own: Persons, theirs: Persons & { readonly level: Level | null }): Graded {
  let bits = 0
  let distance: number | null = null
  for (const figure of ['deaths', 'injuries'] as const) {
    const [ours, told] = [own[figure], theirs[figure]]
    if (ours === null || told === null) continue
    bits += bitsOf(weighFigure(ours, told))
    distance = Math.max(distance ?? 0, Math.abs(ours - told))
  }
  if (distance !== null) return { grade: gradeOfBits(bits), bits, distance }
  if ((own.deaths === null && own.injuries === null) || theirs.level === null) return NOT_SAID
  return toGraded(weighLevel(levelOf(own), LEVEL_KEYS.indexOf(theirs.level)), null)
}
/** The most that these figures can say. */
export function mostCasualtyBits({ deaths, injuries }: Persons): number {
  if (deaths === null && injuries === null) return 0
  const most = (figure: number | null): number =>
    figure === null ? 0 : (FIGURE_BITS.get(weighFigure(figure, figure)) ?? 0)
  return Math.max(most(deaths) + most(injuries), most(deaths), most(injuries), ...LEVEL_BITS.values())
}

/** `cosine`: 0..1; null = one of the two has no text. */
export function gradeText(cosine: number | null): Graded {
  const step = cosine === null ? undefined : TEXT.find(({ from }) => cosine >= from)
  return step === undefined ? NOT_SAID : toGraded(step, cosine)
}
const TEXT_BITS = TEXT.map(bitsOf)

export function textBits(cosine: number): number {
  return TEXT_BITS[TEXT.findIndex(({ from }) => cosine >= from)] ?? 0
}
export const MOST_TEXT_BITS = bitsOf(TEXT[0] ?? { m: 1, u: 1 })
