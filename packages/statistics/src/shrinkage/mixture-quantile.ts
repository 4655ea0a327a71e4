import { betaTail } from '../special/beta-tail.ts'
import { logBeta } from '../special/log-gamma.ts'
import { normalQuantile } from '../special/normal-quantile.ts'
import type { HyperNode } from './hyper-posterior.ts'

/** Beyond this logit a share is 0 or 1 in double precision. */
const END = 40

export interface Mixture {
  readonly nodes: readonly (HyperNode & { readonly logBeta: number })[]
  readonly mean: number
  readonly variance: number
}

/** The posterior of one unit's share: the betas of the nodes, each updated by the unit's counts. */
export function makeMixture(part: number, whole: number, prior: readonly HyperNode[]): Mixture {
  const nodes = prior.map(({ alpha, beta, weight }) => {
    const [a, b] = [part + alpha, whole - part + beta]
    return { alpha: a, beta: b, weight, logBeta: logBeta(a, b) }
  })
  let [mean, square] = [0, 0]
  for (const { alpha, beta, weight } of nodes) {
    const own = alpha / (alpha + beta)
    mean += weight * own
    square += weight * own * ((alpha + 1) / (alpha + beta + 1))
  }
  return { nodes, mean, variance: Math.max(0, square - mean * mean) }
}

/** P(θ ≤ x) at logit x = z, and its slope in z. */
function evaluate({ nodes }: Mixture, z: number): { below: number; slope: number } {
  const [x, y] = [1 / (1 + Math.exp(-z)), 1 / (1 + Math.exp(z))]
  const [logX, logY] = [-Math.log1p(Math.exp(-z)), -Math.log1p(Math.exp(z))]
  let [below, slope] = [0, 0]
  for (const { alpha, beta, logBeta: scale, weight } of nodes) {
    const power = Math.exp(alpha * logX + beta * logY - scale)
    below += weight * betaTail(x, y, alpha, beta, power)
    slope += weight * power
  }
  return { below, slope }
}

/** The x with P(θ ≤ x) = p: Newton's method in logit x, kept in a bracket; 0 or 1 where the mass at an end reaches that far. */
export function mixtureQuantile(mixture: Mixture, p: number): number {
  let [low, high] = [-END, END]
  const { mean, variance } = mixture
  const spread = Math.min(1.5, Math.sqrt(variance) / (mean * (1 - mean)))
  let z = Math.min(END / 2, Math.max(-END / 2, Math.log(mean / (1 - mean)) + spread * normalQuantile(p)))
  for (let step = 0; step < 80; step += 1) {
    const { below, slope } = evaluate(mixture, z)
    if (below > p) high = z
    else low = z
    const newton = z - (below - p) / slope
    const next = newton > low && newton < high ? newton : (low + high) / 2
    const moved = Math.abs(next - z)
    z = next
    if (moved < 1e-6) break
  }
  if (z > END - 1e-6) return 1
  return z < 1e-6 - END ? 0 : 1 / (1 + Math.exp(-z))
}
