import { type Counts, requireCounts } from '../input/counts.ts'
import { type Flag, funnelFlag } from '../funnel/funnel-flag.ts'
import { funnelLimits } from '../funnel/funnel-limits.ts'
import { computeRuns, type Runs } from './runs.ts'

/** Limits per point; null = not measured (whole = 0). */
export interface PointLimits {
  readonly lcl: readonly (number | null)[]
  readonly ucl: readonly (number | null)[]
}

export interface ProportionChart {
  /** Share of the whole period, Σ part / Σ whole; null = nothing was measured. */
  readonly cl: number | null
  /** Share of each point. */
  readonly shares: readonly (number | null)[]
  /** 'sigma' where every point expects at least five failures and five successes, so that three-sigma limits hold; else 'exact'. */
  readonly basis: 'sigma' | 'exact'
  /** The limits to draw: `p`'s or `exact`'s, by the basis. */
  readonly lcl: readonly (number | null)[]
  readonly ucl: readonly (number | null)[]
  /** By the exact binomial tail at each point, whatever is drawn. */
  readonly flagExact: readonly (Flag | null)[]
  /** 99.8 % binomial limits. */
  readonly exact: PointLimits
  /** p chart: p̄ ± 3 √(p̄(1−p̄)/n), cut to [0, 1]. */
  readonly p: PointLimits
  /** Laney's p′: the same widened by σ_z = mean |z_t − z_{t−1}| / 1.128, for points that spread more than luck. */
  readonly pprime: PointLimits
  /** Normalised I chart: p̄ ± 3 mean(s)/√n, s = √(π/2) |y_t − y_{t−1}| / √(1/n_{t−1} + 1/n_t); not cut. */
  readonly iprime: PointLimits
  readonly runs: Runs
}

interface Measured {
  readonly share: number
  readonly whole: number
}

const LEAST_EXPECTED = 5
const DRAWN_PROBABILITY = 0.998
const SIGMAS = 3
/** Mean range of two normal values, in standard deviations. */
const D2 = 1.128

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function differences(points: readonly Measured[], of: (point: Measured, before: Measured) => number): number[] {
  return points.slice(1).map((point, index) => of(point, points[index] ?? point))
}

function limits(wholes: readonly number[], limitsOf: (whole: number) => readonly [number, number]): PointLimits {
  const pairs = wholes.map((whole) => (whole === 0 ? null : limitsOf(whole)))
  return { lcl: pairs.map((pair) => pair && pair[0]), ucl: pairs.map((pair) => pair && pair[1]) }
}

const cut = (value: number): number => Math.min(1, Math.max(0, value))

/**
 * A chart of shares in time order. For small counts three-sigma limits signal far too often, so that the limits drawn are exact ones
 * unless every point expects five failures and five successes; flags are exact always. Points with whole = 0 keep their place with nulls
 * and count for nothing. RangeError for counts that are none.
 * Source: D. C. Montgomery, Statistical Quality Control; D. B. Laney, Quality Engineering 14 (2002); J. Anhøj, qicharts2.
 */
export function proportionChart(points: readonly Counts[]): ProportionChart {
  for (const [index, point] of points.entries()) requireCounts(point, `points[${index}]`)
  const wholes = points.map(({ whole }) => whole)
  const total = wholes.reduce((sum, whole) => sum + whole, 0)
  const cl = total === 0 ? null : points.reduce((sum, { part }) => sum + part, 0) / total
  const shares = points.map(({ part, whole }) => (whole === 0 ? null : part / whole))
  const measured = points.filter(({ whole }) => whole > 0).map(({ part, whole }) => ({ share: part / whole, whole }))
  const middle = cl ?? 0
  const sigma = (whole: number): number => Math.sqrt((middle * (1 - middle)) / whole)
  const zOf = ({ share, whole }: Measured): number => (sigma(whole) === 0 ? 0 : (share - middle) / sigma(whole))
  const sigmaZ = mean(differences(measured, (point, before) => Math.abs(zOf(point) - zOf(before)))) / D2
  const spread = mean(
    differences(measured, (point, before) => {
      const scale = Math.sqrt(1 / before.whole + 1 / point.whole)
      return (Math.sqrt(Math.PI / 2) * Math.abs(point.share - before.share)) / scale
    }),
  )
  const around = (reach: number): readonly [number, number] => [middle - reach, middle + reach]
  const exact = limits(wholes, (whole) => {
    const { high, low } = funnelLimits(middle, whole, DRAWN_PROBABILITY)
    return [low, high]
  })
  const p = limits(wholes, (whole) => [cut(middle - SIGMAS * sigma(whole)), cut(middle + SIGMAS * sigma(whole))])
  const isLarge = measured.every(({ whole }) => whole * Math.min(middle, 1 - middle) >= LEAST_EXPECTED)
  const basis = isLarge && measured.length > 0 ? 'sigma' : 'exact'
  return {
    cl,
    shares,
    basis,
    ...(basis === 'sigma' ? p : exact),
    flagExact: points.map((point) => (point.whole === 0 ? null : funnelFlag(point, middle).flagExact)),
    exact,
    p,
    pprime: limits(wholes, (whole) => {
      const reach = SIGMAS * sigma(whole) * sigmaZ
      return [cut(middle - reach), cut(middle + reach)]
    }),
    iprime: limits(wholes, (whole) => around((SIGMAS * spread) / Math.sqrt(whole))),
    runs: computeRuns(measured.map(({ share }) => share)),
  }
}
