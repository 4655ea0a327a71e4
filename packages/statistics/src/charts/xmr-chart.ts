import { type Better, readBetter } from '../input/better.ts'
import { requireFinite } from '../input/require.ts'
import { markShifts, markTrends, markTwoOfThree } from './signals.ts'
import { xmrLimits } from './xmr-limits.ts'

export interface XmrOptions {
  /** Which way is an improvement. */
  readonly better?: Better
  /** Leave moving ranges that are outliers themselves out of the limits, once; true when left out. */
  readonly screenOutliers?: boolean
  /** Take mean and limits from the first so many points of each phase, at least 2. */
  readonly fixAfterNPoints?: number
  /** One entry per value: 1 = a new phase with its own mean, limits and runs starts here, else 0. */
  readonly rebase?: readonly number[]
  /** What the process is to reach, for `assurance`. */
  readonly target?: number
}

export type XmrSpecial =
  | 'Common Cause'
  | 'Above UCL'
  | 'Below LCL'
  | '7 Point Trend (Increasing)'
  | '7 Point Trend (Decreasing)'
  | '2 in 3 Above CL'
  | '2 in 3 Below CL'
  | '7 Points Above CL'
  | '7 Points Below CL'

export type XmrPointType = 'common_cause' | 'special_cause_improvement' | 'special_cause_concern'

/** A better process than the target asks, a worse one, or one that does now one and now the other; null = no target or no limits. */
export type XmrAssurance = 'consistent_pass' | 'consistent_fail' | 'inconsistent'

/** Columns, one entry per value; limits are null in a phase of one point. */
export interface XmrChart {
  readonly mean: readonly number[]
  /** Raw, also below 0 or above 1: cut them for drawing only. */
  readonly lpl: readonly (number | null)[]
  readonly upl: readonly (number | null)[]
  readonly relativeToMean: readonly number[]
  readonly outside: readonly (boolean | null)[]
  /** Beyond two thirds of the way to a limit, but inside it. */
  readonly close: readonly (boolean | null)[]
  readonly special: readonly XmrSpecial[]
  readonly pointType: readonly XmrPointType[]
  readonly assurance: XmrAssurance | null
  /** Fewer than twelve points: limits are trial limits. */
  readonly isTrial: boolean
}

interface Point {
  readonly mean: number
  readonly lpl: number | null
  readonly upl: number | null
  readonly side: number
  readonly outside: boolean | null
  readonly close: boolean | null
  readonly special: XmrSpecial
}

const TRIAL_POINTS = 12

/** Rounding must not put the points of a flat series on a side of their own mean. */
const ROUNDING = 1e-12

function computePhase(values: readonly number[], { fixAfterNPoints, screenOutliers = true }: XmrOptions): Point[] {
  const { lpl, mean, upl } = xmrLimits(values.slice(0, fixAfterNPoints ?? values.length), screenOutliers)
  const sides = values.map((value) =>
    Math.abs(value - mean) <= ROUNDING * Math.abs(mean) ? 0 : Math.sign(value - mean),
  )
  const isAbove = (value: number, limit: number): boolean => value - limit > ROUNDING * Math.abs(limit)
  const reach = upl === null ? 0 : upl - mean
  const outside = values.map((value) => lpl !== null && upl !== null && (isAbove(value, upl) || isAbove(-value, -lpl)))
  const close = values.map((value, index) => {
    const isNear = isAbove(value, mean + (2 / 3) * reach) || isAbove(-value, (2 / 3) * reach - mean)
    return upl !== null && outside[index] !== true && isNear
  })
  const trends = markTrends(values)
  const twoOfThree = markTwoOfThree(close, sides)
  const shifts = markShifts(sides)
  return values.map((_, index): Point => {
    const side = sides[index] ?? 0
    const marks = {
      isOutside: outside[index] === true,
      trend: trends[index] ?? 0,
      isTwoOfThree: twoOfThree[index] === true,
      isShift: shifts[index] === true,
    }
    const hasLimits = upl !== null
    return {
      mean,
      lpl,
      upl,
      side,
      outside: hasLimits ? marks.isOutside : null,
      close: hasLimits ? close[index] === true : null,
      special: toSpecial(side, marks),
    }
  })
}

interface Marks {
  readonly isOutside: boolean
  readonly trend: number
  readonly isTwoOfThree: boolean
  readonly isShift: boolean
}

/** Of several signals the first in this order is told. */
function toSpecial(side: number, { isOutside, isShift, isTwoOfThree, trend }: Marks): XmrSpecial {
  if (isOutside) return side > 0 ? 'Above UCL' : 'Below LCL'
  if (trend !== 0) return trend > 0 ? '7 Point Trend (Increasing)' : '7 Point Trend (Decreasing)'
  if (isTwoOfThree) return side > 0 ? '2 in 3 Above CL' : '2 in 3 Below CL'
  if (isShift) return side > 0 ? '7 Points Above CL' : '7 Points Below CL'
  return 'Common Cause'
}

const UPWARD: readonly XmrSpecial[] = [
  'Above UCL',
  '7 Point Trend (Increasing)',
  '2 in 3 Above CL',
  '7 Points Above CL',
]

function toPointType(special: XmrSpecial, better: Better): XmrPointType {
  if (special === 'Common Cause') return 'common_cause'
  return UPWARD.includes(special) === (better === 'higher') ? 'special_cause_improvement' : 'special_cause_concern'
}

function toAssurance(last: Point | undefined, target: number | undefined, better: Better): XmrAssurance | null {
  if (last === undefined || target === undefined || last.lpl === null || last.upl === null) return null
  if (target > last.upl) return better === 'higher' ? 'consistent_fail' : 'consistent_pass'
  if (target < last.lpl) return better === 'higher' ? 'consistent_pass' : 'consistent_fail'
  return 'inconsistent'
}

function requireOptions(values: readonly number[], { fixAfterNPoints, rebase, target }: XmrOptions): void {
  for (const [index, value] of values.entries()) requireFinite(value, `values[${index}]`)
  if (fixAfterNPoints !== undefined && !(Number.isSafeInteger(fixAfterNPoints) && fixAfterNPoints >= 2)) {
    throw new RangeError(`fixAfterNPoints must be a whole number ≥ 2: ${fixAfterNPoints}`)
  }
  if (rebase !== undefined && (rebase.length !== values.length || rebase.some((mark) => mark !== 0 && mark !== 1))) {
    throw new RangeError('rebase must have a 0 or 1 per value')
  }
  if (target !== undefined) requireFinite(target, 'target')
}

/**
 * A chart of individual values in time order (XmR): mean ± 2.66 × mean moving range per phase, and the NHS "Making Data Count" signals.
 * In this order: outside the limits; 7 in a row each above (below) the one before; 2 of 3 beyond two thirds of the way to a limit, all 3 on
 * one side of the mean; 7 on one side. A flat series has its mean as limits and no signal; no values: empty columns.
 * For counts and volumes, or shares with at least five expected failures a point: otherwise use `proportionChart`.
 * RangeError for a value or target not finite and options out of range.
 * Source: D. J. Wheeler, Understanding Variation (1993); NHS England, Making Data Count.
 */
export function xmrChart(values: readonly number[], options: XmrOptions = {}): XmrChart {
  requireOptions(values, options)
  const better = readBetter(options.better)
  const starts = values.flatMap((_, index) => (index === 0 || options.rebase?.[index] === 1 ? [index] : []))
  const points = starts.flatMap((start, phase) => computePhase(values.slice(start, starts[phase + 1]), options))
  return {
    mean: points.map(({ mean }) => mean),
    lpl: points.map(({ lpl }) => lpl),
    upl: points.map(({ upl }) => upl),
    relativeToMean: points.map(({ side }) => side),
    outside: points.map(({ outside }) => outside),
    close: points.map(({ close }) => close),
    special: points.map(({ special }) => special),
    pointType: points.map(({ special }) => toPointType(special, better)),
    assurance: toAssurance(points.at(-1), options.target, better),
    isTrial: values.length < TRIAL_POINTS,
  }
}
