import { toCells } from '../input/cells.ts'
import type { Counts } from '../input/counts.ts'
import type { Estimate } from '../input/estimate.ts'
import { median } from '../input/median.ts'
import { sortUnits } from '../input/units.ts'
import { betweenVariance } from './between-variance.ts'
import { fitBetaBinomial } from './fit-beta-binomial.ts'

/** Below this many units the spread between them cannot be told. */
const LEAST_UNITS = 5

/**
 * How far a table can be read as a ranking: τ² / (τ² + median s²), the share of true differences in what is seen, 0 to 1. Below 0.5 low,
 * to 0.75 moderate, above it high.
 * Scores ({value, standardError}): τ² by restricted maximum likelihood. Shares ({part, whole}): τ² = μ(1−μ)/(M+1) and s² = μ(1−μ)M/((M+1)n)
 * of the beta-binomial fitted by maximum likelihood, which comes to ñ/(ñ + M) with ñ the harmonic middle of the wholes; 0 where the shares
 * spread no more than luck explains. null = fewer than five measured units.
 * RangeError for counts or scores that are none or mixed.
 * Source: A. C. van Dishoeck et al., BMJ Quality & Safety 20 (2011); levels: S. N. Hofstede et al. (2019).
 */
export function rankability(units: readonly Counts[] | readonly Estimate[]): number | null {
  const { counts, scores } = sortUnits(units)
  const measured = counts.filter(({ whole }) => whole > 0)
  if (measured.length + scores.length < LEAST_UNITS) return null
  if (scores.length > 0) {
    const tau2 = betweenVariance(scores)
    return tau2 / (tau2 + median(scores.map(({ standardError }) => standardError ** 2)))
  }
  const { precision } = fitBetaBinomial(toCells(measured))
  return 1 / (1 + precision * median(measured.map(({ whole }) => 1 / whole)))
}
