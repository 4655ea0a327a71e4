import { type Counts, requireCounts } from '../input/counts.ts'
import { requireProbability } from '../input/require.ts'

/** φ = 1 is what luck alone gives; τ² the spread between units beyond it, on the arcsine scale. */
export interface Dispersion {
  readonly phi: number
  readonly tau2: number
}

export interface Overdispersion {
  /** With the outermost z pulled in (winsorised); null = fewer than five measured units. */
  readonly phi: number | null
  readonly tau2: number | null
  /** The same without: where the two tell different stories, both are to be shown. */
  readonly phiUntrimmed: number | null
  readonly tau2Untrimmed: number | null
}

export interface OverdispersionOptions {
  /** Share of units pulled in at each end, 0 ≤ trim < ½. */
  readonly trim?: number
}

const LEAST_UNITS = 5

/** Type 7 of Hyndman and Fan: linear between the order statistics. */
function quantile(sorted: readonly number[], p: number): number {
  const place = p * (sorted.length - 1)
  const at = Math.floor(place)
  const low = sorted[at] ?? 0
  return low + (place - at) * ((sorted[at + 1] ?? low) - low)
}

function disperse(scores: readonly { readonly z: number; readonly weight: number }[], trim: number): Dispersion {
  const sorted = scores.map(({ z }) => z).sort((a, b) => a - b)
  const [low, high] = [quantile(sorted, trim), quantile(sorted, 1 - trim)]
  const count = scores.length
  const phi = scores.reduce((sum, { z }) => sum + Math.min(high, Math.max(low, z)) ** 2, 0) / count
  const total = scores.reduce((sum, { weight }) => sum + weight, 0)
  const squares = scores.reduce((sum, { weight }) => sum + weight * weight, 0)
  return { phi, tau2: Math.max(0, (count * phi - (count - 1)) / (total - squares / total)) }
}

/**
 * Whether shares spread around the target more than luck: z = (asin √(k/n) − asin √target) · 2√n, φ = Σ z²/N after winsorising at the
 * `trim` (0.1) quantiles, τ² = max(0, (Nφ − (N−1)) / (Σw − Σw²/Σw)) with w = 4n. Units with whole = 0 are left out.
 * RangeError for counts that are none, a target outside [0, 1], a trim outside [0, ½).
 * Source: D. J. Spiegelhalter, Statistics in Medicine 24 (2005), A.2 and A.3.
 */
export function overdispersion(
  units: readonly Counts[],
  target: number,
  options: OverdispersionOptions = {},
): Overdispersion {
  const { trim = 0.1 } = options
  for (const [index, unit] of units.entries()) requireCounts(unit, `units[${index}]`)
  requireProbability(target, 'target')
  if (!(trim >= 0 && trim < 0.5)) throw new RangeError(`trim must lie between 0 and ½: ${trim}`)
  const middle = Math.asin(Math.sqrt(target))
  const scores = units
    .filter(({ whole }) => whole > 0)
    .map(({ part, whole }) => ({
      z: (Math.asin(Math.sqrt(part / whole)) - middle) * 2 * Math.sqrt(whole),
      weight: 4 * whole,
    }))
  if (scores.length < LEAST_UNITS) return { phi: null, tau2: null, phiUntrimmed: null, tau2Untrimmed: null }
  const [trimmed, untrimmed] = [disperse(scores, trim), disperse(scores, 0)]
  return { ...trimmed, phiUntrimmed: untrimmed.phi, tau2Untrimmed: untrimmed.tau2 }
}
