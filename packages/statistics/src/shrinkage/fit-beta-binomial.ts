import type { Cells } from '../input/cells.ts'
import { climb } from './climb.ts'
import { makeLogLikelihood } from './log-likelihood.ts'

/** The most likely beta distribution of the true shares; `precision` = α + β, ∞ = no spread to be seen. */
export interface BetaBinomialFit {
  readonly mean: number
  readonly precision: number
}

/** Beyond this nothing tells M from ∞. */
const LARGEST_LOG_PRECISION = 18

/**
 * Start values: μ̂ = Σ w p with w = n/Σn, and ρ̂ = (S/(μ̂(1−μ̂)) − C)/(A − C) with S = Σ w (p − μ̂)², A = Σ w(1−w), C = Σ w(1−w)/n; M = 1/ρ̂ − 1.
 * Source: J. C. Kleinman, JASA 68 (1973).
 */
function startPrecision({ cells }: Cells, mean: number): number {
  const total = cells.reduce((sum, { count, whole }) => sum + count * whole, 0)
  let [spread, all, noise] = [0, 0, 0]
  for (const { count, part, whole } of cells) {
    const weight = whole / total
    spread += count * weight * (part / whole - mean) ** 2
    all += count * weight * (1 - weight)
    noise += (count * weight * (1 - weight)) / whole
  }
  const correlation = (spread / (mean * (1 - mean)) - noise) / (all - noise)
  return correlation > 0.001 && correlation < 0.99 ? 1 / correlation - 1 : 200
}

/** Maximum likelihood of the beta-binomial over (logit μ, ln M). Against M = ∞, all shares equal, it has to be the more likely. */
export function fitBetaBinomial(group: Cells): BetaBinomialFit {
  const parts = group.cells.reduce((sum, { count, part }) => sum + count * part, 0)
  const total = group.cells.reduce((sum, { count, whole }) => sum + count * whole, 0)
  const pooled = total === 0 ? 0.5 : parts / total
  const none = { mean: pooled, precision: Infinity }
  if (parts === 0 || parts === total) return none
  const logLikelihood = makeLogLikelihood(group.cells)
  const surface = (u: number, v: number): number =>
    logLikelihood(1 / (1 + Math.exp(-u)), 1 / (1 + Math.exp(u)), Math.exp(Math.min(LARGEST_LOG_PRECISION, v)))
  const from = { u: Math.log(parts / (total - parts)), v: Math.log(startPrecision(group, pooled)) }
  const { u, v } = climb(surface, from)
  const withoutSpread = parts * Math.log(pooled) + (total - parts) * Math.log1p(-pooled)
  if (v >= LARGEST_LOG_PRECISION || surface(u, v) <= withoutSpread + 1e-7) return none
  return { mean: 1 / (1 + Math.exp(-u)), precision: Math.exp(v) }
}
