import { type Counts, requireCounts } from '../input/counts.ts'
import { requireProbability } from '../input/require.ts'
import { binomialLower, binomialUpper } from '../special/binomial-tail.ts'

export type Flag = 'in' | 'low_alert' | 'low_alarm' | 'high_alert' | 'high_alarm'

export interface FunnelFlag {
  readonly flagExact: Flag
  /** P(X ≤ part) and P(X ≥ part) for X ~ Binomial(whole, target). */
  readonly pLower: number
  readonly pUpper: number
}

/** One-sided tails at which a unit is flagged. */
const ALERT = 0.025
const ALARM = 0.001

function toFlag(pLower: number, pUpper: number): Flag {
  if (pLower <= ALARM) return 'low_alarm'
  if (pUpper <= ALARM) return 'high_alarm'
  if (pLower <= ALERT) return 'low_alert'
  return pUpper <= ALERT ? 'high_alert' : 'in'
}

/**
 * Whether a share is further from the target than luck explains, by the exact binomial tail: alert ≤ 0.025, alarm ≤ 0.001 to the one
 * side. Many units at once ask for Benjamini–Hochberg over the tails. Not measured (whole = 0): 'in', both tails 1.
 * RangeError unless 0 ≤ part ≤ whole are whole numbers and 0 ≤ target ≤ 1.
 * Source: D. J. Spiegelhalter, Statistics in Medicine 24 (2005).
 */
export function funnelFlag(counts: Counts, target: number): FunnelFlag {
  requireCounts(counts, 'counts')
  requireProbability(target, 'target')
  const { part, whole } = counts
  const pLower = binomialLower(part, whole, target)
  const pUpper = binomialUpper(part, whole, target)
  return { flagExact: toFlag(pLower, pUpper), pLower, pUpper }
}
