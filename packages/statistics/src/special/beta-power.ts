import { log1pMinus } from './log1p-minus.ts'
import { stirlingCorrection } from './log-gamma.ts'

/**
 * x^a y^b / B(a, b) for y = 1 − x, both in (0, 1), a, b > 0: the beta density times x y, and the density of logit x. In saddle-point
 * form: the two powers are taken about the mean a / (a + b), where they nearly cancel against B.
 * Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
 */
export function betaPower(x: number, y: number, a: number, b: number): number {
  const sum = a + b
  // x − a/(a+b), from the smaller of x and y so that neither end is rounded away.
  const off = x < y ? x - a / sum : b / sum - y
  const exponent = a * log1pRatio(off * (sum / a), x, a / sum) + b * log1pRatio(-off * (sum / b), y, b / sum)
  const corrections = stirlingCorrection(sum) - stirlingCorrection(a) - stirlingCorrection(b)
  return Math.sqrt((a / sum) * (b / (2 * Math.PI))) * Math.exp(exponent + corrections)
}

/** ln(value/mean) − (value/mean − 1); `relative` is value/mean − 1. */
function log1pRatio(relative: number, value: number, mean: number): number {
  return relative < -0.35 ? Math.log(value / mean) - relative : log1pMinus(relative)
}
