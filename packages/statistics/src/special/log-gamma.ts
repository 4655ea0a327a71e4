const HALF_LOG_2_PI = 0.918_938_533_204_672_8

/** From here on the series below is exact to the last digit. */
const SERIES_FROM = 12

function series(x: number): number {
  const r = 1 / (x * x)
  const tail = 1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360_360 - r * (1 / 156))))
  return (1 / 12 - r * (1 / 360 - r * tail)) / x
}

/**
 * What Stirling's formula leaves out: ln Γ(x) − ((x − ½) ln x − x + ½ ln 2π), x > 0. Below 12 it is carried down from above by
 * δ(x) = δ(x + 1) + (x + ½) ln(1 + 1/x) − 1, so that nothing cancels.
 * Source: DLMF 5.11.1.
 */
export function stirlingCorrection(x: number): number {
  let sum = 0
  let at = x
  for (; at < SERIES_FROM; at += 1) sum += (at + 0.5) * Math.log1p(1 / at) - 1
  return sum + series(at)
}

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_2_PI + stirlingCorrection(x)
}

/** ln B(a, b) for a, b > 0. */
export function logBeta(a: number, b: number): number {
  const sum = a + b
  const main = (a - 0.5) * Math.log(a / sum) + b * Math.log(b / sum) - 0.5 * Math.log(b) + HALF_LOG_2_PI
  return main + stirlingCorrection(a) + stirlingCorrection(b) - stirlingCorrection(sum)
}
