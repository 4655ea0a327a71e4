/** Units of one weight in the urn: all of them have the same odds. */
export interface WeightClass {
  readonly weight: number
  readonly count: number
}

export interface InclusionOdds {
  /** `numeric`: an integral to about nine digits; `asymptotic`: the limit for large draws, some thousandths off at most. */
  readonly method: 'numeric' | 'asymptotic'
  /** 0..1, in the order of the classes: to be among the drawn, all steps together. */
  readonly ratios: readonly number[]
}

/** Above this the limit is as good, and the integral takes too long. */
const NUMERIC_UP_TO = 60
const NODES = 400

/** Probabilities of 0 to `most` events of `count`, each with probability `p`. */
function binomial(count: number, p: number, most: number): number[] {
  // So late that all have come, as far as a number can tell.
  if (p >= 1) return count > most ? [0] : Array.from({ length: count + 1 }, (_, k) => (k === count ? 1 : 0))
  const logs = [count * Math.log1p(-p)]
  const ratio = Math.log(p) - Math.log1p(-p)
  for (let k = 1; k <= Math.min(most, count); k += 1) {
    logs.push((logs[k - 1] ?? 0) + Math.log((count - k + 1) / k) + ratio)
  }
  return logs.map(Math.exp)
}

function convolve(a: readonly number[], b: readonly number[], most: number): number[] {
  const sums = Array.from({ length: Math.min(a.length + b.length - 1, most + 1) }, () => 0)
  for (const [i, x] of a.entries()) {
    for (let j = 0; j < b.length && i + j < sums.length; j += 1) sums[i + j] = (sums[i + j] ?? 0) + x * (b[j] ?? 0)
  }
  return sums
}

/** Probability that fewer than `size` of the others come before `time`. */
function isStillOpen(classes: readonly WeightClass[], own: number, size: number, time: number): number {
  let counts: readonly number[] = [1]
  for (const [at, { count, weight }] of classes.entries()) {
    const others = at === own ? count - 1 : count
    if (others > 0) counts = convolve(counts, binomial(others, -Math.expm1(-weight * time), size - 1), size - 1)
  }
  return counts.reduce((sum, one) => sum + one, 0)
}

/**
 * Each unit waits a time with the exponential distribution of its weight; the first `size` are those drawn one by one by weight.
 * A unit is in when fewer than `size` others came before it. Simpson's rule over u = s³(10 - 15s + 6s²), flat at both ends.
 */
function integrate(classes: readonly WeightClass[], own: number, size: number): number {
  const weight = classes[own]?.weight ?? 1
  let sum = 0
  for (let node = 1; node < NODES; node += 1) {
    const s = node / NODES
    const u = s ** 3 * (10 - 15 * s + 6 * s * s)
    const slope = 30 * s * s * (1 - s) ** 2
    sum += (node % 2 === 1 ? 4 : 2) * slope * isStillOpen(classes, own, size, -Math.log(u) / weight)
  }
  return sum / (3 * NODES)
}

/** Source: B. Rosén, successive sampling: 1 - exp(-w t), where t makes the sum come to the size. */
function solveAsymptotic(classes: readonly WeightClass[], size: number): number[] {
  const at = (time: number): number[] => classes.map(({ weight }) => -Math.expm1(-weight * time))
  const sum = (time: number): number => at(time).reduce((total, one, i) => total + one * (classes[i]?.count ?? 0), 0)
  let [low, high] = [0, 1]
  while (sum(high) < size) high *= 2
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2
    if (sum(middle) < size) low = middle
    else high = middle
  }
  return at(high)
}

/**
 * How likely a unit of each weight is drawn when `size` units leave the urn one after another.
 * Figures to be read, not signed: engines may differ in the last digit of a logarithm.
 */
export function computeInclusionOdds(classes: readonly WeightClass[], size: number): InclusionOdds {
  const there = classes.reduce((sum, one) => sum + one.count, 0)
  if (size <= 0) return { method: 'numeric', ratios: classes.map(() => 0) }
  if (size >= there) return { method: 'numeric', ratios: classes.map(() => 1) }
  if (classes.length === 1) return { method: 'numeric', ratios: [size / there] }
  if (size > NUMERIC_UP_TO) return { method: 'asymptotic', ratios: solveAsymptotic(classes, size) }
  return { method: 'numeric', ratios: classes.map((_, own) => integrate(classes, own, size)) }
}
