const INVERSE_ROOT_2_PI = 0.398_942_280_401_432_7

/** P(Z > x) for x > 3.5, by the continued fraction of Mills' ratio. Source: DLMF 7.9.4. */
function farTail(x: number): number {
  let value = x
  for (let term = Math.ceil(10 + 400 / (x * x)); term >= 1; term -= 1) value = x + term / value
  return (INVERSE_ROOT_2_PI * Math.exp((-x * x) / 2)) / value
}

/** Φ(x) − ½ = φ(x) (x + x³/3 + x⁵/15 + …): every term has the same sign. */
function middle(x: number): number {
  const square = x * x
  let term = x
  let sum = x
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= square / odd
    sum += term
  }
  return INVERSE_ROOT_2_PI * Math.exp(-square / 2) * sum
}

/** P(Z ≤ x) of the standard normal distribution, ±∞ included; the upper tail is `normalCdf(−x)`. RangeError for NaN. */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('x must be a number: NaN')
  if (x < -3.5) return x === -Infinity ? 0 : farTail(-x)
  if (x > 3.5) return x === Infinity ? 1 : 1 - farTail(x)
  return 0.5 + middle(x)
}
