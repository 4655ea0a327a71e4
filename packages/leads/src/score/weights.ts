import type { Grade } from './record.ts'

/** `m`: how often pairs of one event come out so, `u`: how often any other pair of the time window does. */
export interface Weight {
  readonly grade: Grade
  readonly m: number
  readonly u: number
}

/** log2(m/u), the weight of evidence of Fellegi and Sunter (1969). */
export function bitsOf({ m, u }: Pick<Weight, 'm' | 'u'>): number {
  return Math.log2(m / u)
}

/** A grade that holds up to a distance, the end included. */
export interface Step extends Weight {
  readonly upTo: number
}

const MINUTES = 1 / 60

/** Hours between what a lead and a report say of when it happened; any other event of the four days lies anywhere in them. */
export const OCCURRED_HOURS = 48
export const OCCURRED: readonly Step[] = [
  { grade: 'same', upTo: 40 * MINUTES, m: 0.4, u: (80 * MINUTES) / 96 },
  { grade: 'close', upTo: 2, m: 0.42, u: (160 * MINUTES) / 96 },
  { grade: 'near', upTo: 3, m: 0.065, u: 2 / 96 },
  { grade: 'near', upTo: 6, m: 0.03, u: 6 / 96 },
  { grade: 'weak', upTo: 12, m: 0.02, u: 12 / 96 },
  { grade: 'apart', upTo: 26, m: 0.045, u: 28 / 96 },
  { grade: 'far', upTo: OCCURRED_HOURS, m: 0.02, u: 44 / 96 },
]

/** Hours from the event to when a lead was seen that does not say when it happened. */
export const SEEN_HOURS = { before: 6, after: 240 } as const
const SEEN_SPAN = SEEN_HOURS.before + SEEN_HOURS.after
export const SEEN: readonly Step[] = [
  { grade: 'same', upTo: 2, m: 0.23, u: 2 / SEEN_SPAN },
  { grade: 'close', upTo: 4, m: 0.18, u: 2 / SEEN_SPAN },
  { grade: 'close', upTo: 8, m: 0.25, u: 4 / SEEN_SPAN },
  { grade: 'near', upTo: 16, m: 0.18, u: 8 / SEEN_SPAN },
  { grade: 'near', upTo: 24, m: 0.07, u: 8 / SEEN_SPAN },
  { grade: 'weak', upTo: 72, m: 0.05, u: 48 / SEEN_SPAN },
  { grade: 'far', upTo: SEEN_HOURS.after, m: 0.02, u: 168 / SEEN_SPAN },
]
/** Seen before it happened, by clocks that are not set. */
export const SEEN_BEFORE: Weight = { grade: 'apart', m: 0.02, u: SEEN_HOURS.before / SEEN_SPAN }

/** How often an area that a lead bears or names is that of its event; the rest is wrong. */
export const AREA_AGREES = 0.985
/** How often the class is. */
export const CATEGORY_AGREES = 0.93
/** The least share that an area or a class is taken to have, so that a rare one does not decide alone. */
export const LEAST_SHARE = 1 / 4_096

/** Places of an area with a name of their own: a town, a road, a landmark. */
export const PLACE = {
  same: { grade: 'same', m: 0.92, u: 0.018 },
  apart: { grade: 'apart', m: 0.08, u: 0.982 },
} as const satisfies Record<string, Weight>

/** Persons by persons, for deaths and injuries each; rounding and first counts are near. */
export const FIGURES = {
  /** None, as nearly all say. */
  nobody: { grade: 'same', m: 0.7, u: 0.55 },
  same: { grade: 'same', m: 0.18, u: 0.012 },
  near: { grade: 'near', m: 0.06, u: 0.022 },
  /** None by the one, one or two by the other. */
  few: { grade: 'weak', m: 0.03, u: 0.116 },
  far: { grade: 'far', m: 0.03, u: 0.3 },
} as const satisfies Record<string, Weight>
/** The level that the figures of a lead make, against that of the report, where the report has no figures. */
export const LEVELS = {
  least: { grade: 'close', m: 0.88, u: 0.82 },
  same: { grade: 'same', m: 0.06, u: 0.008 },
  near: { grade: 'weak', m: 0.05, u: 0.14 },
  far: { grade: 'far', m: 0.008, u: 0.032 },
} as const satisfies Record<string, Weight>

/**
 * Cosine of the texts' pairs of letters, names of places left out, from above. Two tell of one thing in other words: much in common is rare
 * and says much. `u` is that of events of one class.
 */
export const TEXT: readonly (Weight & { readonly from: number })[] = [
  { grade: 'same', from: 0.15, m: 0.15, u: 0.006 },
  { grade: 'close', from: 0.1, m: 0.17, u: 0.014 },
  { grade: 'near', from: 0.05, m: 0.29, u: 0.042 },
  { grade: 'weak', from: 0.01, m: 0.2, u: 0.08 },
  { grade: 'far', from: 0, m: 0.19, u: 0.858 },
]

/** Share of leads whose event was reported, before anything is compared. */
export const PRIOR_SHARE = 0.65

/** From this many bits on a pair is listed at all: 16 times likelier one event than two. */
export const LISTED_FROM_BITS = 4
/** From this probability on a candidate is proposed as the event; a person confirms it. Chosen on tuning seeds; see docs/leads.md. */
export const PROPOSED_FROM = 0.5
