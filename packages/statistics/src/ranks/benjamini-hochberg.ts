import { requireLevel, requireProbability } from '../input/require.ts'

/**
 * Which of many findings stand when at most `rate` of those that stand may be false on average: the largest r with
 * p₍ᵣ₎ ≤ rate × r / m, and all up to it. One entry per p-value, in order; nothing stands among none.
 * RangeError for p-values outside [0, 1] or a rate outside (0, 1).
 * Source: Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995).
 */
export function benjaminiHochberg(pValues: readonly number[], rate: number): boolean[] {
  requireLevel(rate, 'rate')
  for (const [index, p] of pValues.entries()) requireProbability(p, `pValues[${index}]`)
  const sorted = pValues.toSorted((a, b) => a - b)
  const limit = sorted.findLast((p, index) => p <= (rate * (index + 1)) / pValues.length) ?? -1
  return pValues.map((p) => p <= limit)
}
