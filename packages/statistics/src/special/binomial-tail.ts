import { betaTail } from './beta-tail.ts'

/** P(X ≤ k) for X ~ Binomial(n, p), any whole k: 0 below 0, 1 from n on. I_{1−p}(n − k, k + 1), DLMF 8.17.5. */
export function binomialLower(k: number, n: number, p: number): number {
  if (k < 0) return 0
  return k >= n ? 1 : betaTail(1 - p, p, n - k, k + 1)
}

/** P(X ≥ k). */
export function binomialUpper(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  return k > n ? 0 : betaTail(p, 1 - p, k, n - k + 1)
}
