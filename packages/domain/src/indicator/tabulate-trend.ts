import { type Flag, proportionChart, type XmrSpecial, xmrChart } from '@zhidu/statistics'
import type { Ratio } from '../ratio/ratio.ts'

/** A point of a unit's series, oldest first. */
export interface TrendInput extends Ratio {
  /** The unit is not the one it was at the point before, or stands among others: a new line begins. */
  readonly isBreak: boolean
}

/** What a point says beyond luck; the exact tails, and the signals of an XmR chart. */
export type TrendSignal =
  | 'low_alarm'
  | 'low_alert'
  | 'high_alarm'
  | 'high_alert'
  | 'below_limit'
  | 'above_limit'
  | 'falling'
  | 'rising'
  | 'near_low'
  | 'near_high'
  | 'shift_low'
  | 'shift_high'

export interface TrendPointRow extends Ratio {
  /** null = no opportunity. */
  readonly share: number | null
  readonly phase: number
  /** Limits cut to [0, 1]; null = no opportunity, or too few points for limits. */
  readonly low: number | null
  readonly high: number | null
  readonly signal: TrendSignal | null
}

/** One line without a break. */
export interface TrendPhase {
  readonly measuredCount: number
  /** The phase's own share, Σ part / Σ whole, or under `xmr` the mean of its shares; null = nothing measured. */
  readonly center: number | null
  /** 'exact': 99.8 % limits of each point by its own number. 'xmr': of the series, as each of twelve points or more expects five failures and successes. */
  readonly basis: 'xmr' | 'exact'
  /** Fewer than twelve points: limits are trial limits. */
  readonly isTrial: boolean
  /** The runs about the median are longer, or cross it more seldom, than chance allows. */
  readonly hasRun: boolean
}

export interface Trend {
  readonly points: readonly TrendPointRow[]
  readonly phases: readonly TrendPhase[]
}

const FULL_POINTS = 12
/** Below, a series has no limits. */
const LEAST_POINTS = 2

const OF_FLAG: Readonly<Record<Flag, TrendSignal | null>> = {
  in: null,
  low_alert: 'low_alert',
  low_alarm: 'low_alarm',
  high_alert: 'high_alert',
  high_alarm: 'high_alarm',
}

const OF_SPECIAL: Readonly<Record<XmrSpecial, TrendSignal | null>> = {
  'Common Cause': null,
  'Above UCL': 'above_limit',
  'Below LCL': 'below_limit',
  '7 Point Trend (Increasing)': 'rising',
  '7 Point Trend (Decreasing)': 'falling',
  '2 in 3 Above CL': 'near_high',
  '2 in 3 Below CL': 'near_low',
  '7 Points Above CL': 'shift_high',
  '7 Points Below CL': 'shift_low',
}

interface Marks {
  readonly low: number | null
  readonly high: number | null
  readonly signal: TrendSignal | null
}

const NO_MARKS: Marks = { low: null, high: null, signal: null }

function cut(limit: number | null | undefined): number | null {
  return limit == null ? null : Math.min(1, Math.max(0, limit))
}

/** Marks of the measured points by the XmR rules, in their order. */
function markByXmr(shares: readonly number[]): { readonly center: number; readonly marks: Marks[] } {
  const { lpl, special, upl } = xmrChart(shares)
  const marks = special.map((one, index) => ({
    low: cut(lpl[index]),
    high: cut(upl[index]),
    signal: OF_SPECIAL[one],
  }))
  return { center: shares.reduce((sum, share) => sum + share, 0) / shares.length, marks }
}

function tabulatePhase(points: readonly Ratio[], phase: number): { rows: TrendPointRow[]; summary: TrendPhase } {
  const chart = proportionChart(points)
  const shares = chart.shares.filter((share) => share !== null)
  const hasLimits = shares.length >= LEAST_POINTS
  const basis = chart.basis === 'sigma' && shares.length >= FULL_POINTS ? 'xmr' : 'exact'
  const xmr = basis === 'xmr' ? markByXmr(shares) : null
  let measured = 0
  const rows = points.map(({ part, whole }, index): TrendPointRow => {
    const share = chart.shares[index] ?? null
    const exact = {
      low: cut(chart.exact.lcl[index]),
      high: cut(chart.exact.ucl[index]),
      signal: OF_FLAG[chart.flagExact[index] ?? 'in'],
    }
    const own = share === null || !hasLimits ? NO_MARKS : (xmr?.marks[measured] ?? exact)
    measured += Number(share !== null)
    return { part, whole, share, phase, ...own }
  })
  const summary = {
    measuredCount: shares.length,
    center: xmr?.center ?? chart.cl,
    basis,
    isTrial: shares.length < FULL_POINTS,
    hasRun: hasLimits && chart.runs.isSignal,
  } as const
  return { rows, summary }
}

/**
 * A unit's shares over time with limits and signals, a phase from break to break. XmR only where at least twelve points each expect five failures
 * and five successes, else exact limits per point: on small counts XmR signals where there is nothing. Points without an opportunity keep their
 * place and count for nothing. Card: docs/indicators/course.md
 */
export function tabulateTrend(points: readonly TrendInput[]): Trend {
  const starts = points.flatMap(({ isBreak }, index) => (index === 0 || isBreak ? [index] : []))
  const phases = starts.map((start, phase) => tabulatePhase(points.slice(start, starts[phase + 1]), phase))
  return { points: phases.flatMap(({ rows }) => rows), phases: phases.map(({ summary }) => summary) }
}
