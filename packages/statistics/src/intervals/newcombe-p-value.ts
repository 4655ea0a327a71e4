import type { Counts } from '../input/counts.ts'
import { newcombeDifference } from './newcombe-difference.ts'

/** Halvings of the level; the p-value is exact to about 10⁻¹². */
const STEPS = 40

/**
 * How small a chance alone would make a difference of two shares like this one: 1 − the level at which Newcombe's interval just
 * holds 0. Below 1 − level exactly when the interval of that level excludes 0. 1 for equal shares, or when one is not measured.
 * RangeError as `newcombeDifference`.
 */
export function newcombePValue(a: Counts, b: Counts): number {
  const excludesZero = (level: number): boolean => {
    const { high, low } = newcombeDifference(a, b, level)
    return low > 0 || high < 0
  }
  let [low, high] = [0, 1]
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2
    if (excludesZero(middle)) low = middle
    else high = middle
  }
  return 1 - low
}
