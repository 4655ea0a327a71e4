import { betaPower } from './beta-power.ts'

function binomialMass(k: number, n: number, p: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-p))
  if (k === n) return Math.exp(n * Math.log(p))
  return betaPower(p, 1 - p, k, n - k) * (n / k / (n - k))
}

/** P(X = k); 0 < draws < total. */
function mass(k: number, total: number, marked: number, draws: number): number {
  const p = draws / total
  const ahead = binomialMass(k, marked, p) * binomialMass(draws - k, total - marked, p)
  return ahead / binomialMass(draws, total, p)
}

/**
 * P(X ≥ k), where X counts the marked among `draws` taken from `total` of which `marked` are marked. Summed from k away from the
 * mode, where the terms fall. Source: as `betaPower`, Loader (2000), for the first term.
 */
export function hypergeometricUpper(k: number, total: number, marked: number, draws: number): number {
  const lowest = Math.max(0, draws + marked - total)
  const highest = Math.min(draws, marked)
  if (k <= lowest) return 1
  if (k > highest) return 0
  const others = total - marked - draws
  const above = k * (total + 2) > (draws + 1) * (marked + 1)
  let term = mass(above ? k : k - 1, total, marked, draws)
  let sum = term
  if (above) {
    for (let x = k; x < highest && term > 1e-18 * sum; x += 1) {
      term *= ((draws - x) / (x + 1)) * ((marked - x) / (others + x + 1))
      sum += term
    }
    return Math.min(1, sum)
  }
  for (let x = k - 1; x > lowest && term > 1e-18 * sum; x -= 1) {
    term *= (x / (draws - x + 1)) * ((others + x) / (marked - x + 1))
    sum += term
  }
  return Math.max(0, 1 - sum)
}
