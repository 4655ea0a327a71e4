import type { Density } from './density.ts'
import type { Group, Sums } from './group.ts'

/** The law of "how many units are above" at one node: `law[i]` = P(i + low). */
export interface NodeLaw {
  readonly low: number
  readonly law: Float64Array
}

/** Probabilities as small as this are dropped at the ends of a law, and a unit as sure as this is not drawn at all. */
const NEGLIGIBLE = 1e-14

function aboveAt({ above, from }: Density, node: number): number {
  if (node < from) return 1
  return node < from + above.length ? (above[node - from] ?? 0) : 0
}

/** Convolves the units one by one, keeping only the stretch of the law that matters. */
function makeNodeLaw({ counts, densities }: Group, node: number, work: Float64Array): NodeLaw {
  let sure = 0
  let [low, high] = [0, 0]
  work.fill(0)
  work[0] = 1
  for (let cell = 0; cell < densities.length; cell += 1) {
    const density = densities[cell]
    const count = counts[cell] ?? 0
    const q = density === undefined ? 0 : aboveAt(density, node)
    if (q < NEGLIGIBLE) continue
    if (q > 1 - NEGLIGIBLE) {
      sure += count
      continue
    }
    for (let unit = 0; unit < count; unit += 1) {
      high += 1
      work[high] = (work[high - 1] ?? 0) * q
      for (let m = high - 1; m > low; m -= 1) work[m] = (work[m] ?? 0) * (1 - q) + (work[m - 1] ?? 0) * q
      work[low] = (work[low] ?? 0) * (1 - q)
      while ((work[high] ?? 1) < NEGLIGIBLE) high -= 1
      while ((work[low] ?? 1) < NEGLIGIBLE) low += 1
    }
  }
  return { low: low + sure, law: work.slice(low, high + 1) }
}

/** The laws of the nodes whose variance is at most `limit`; null where the normal form is good enough. */
export function makeNodeLaws(group: Group, sums: Sums, limit: number): (NodeLaw | null)[] {
  const work = new Float64Array(group.units + 2)
  return Array.from(sums.variance, (variance, node) => (variance <= limit ? makeNodeLaw(group, node, work) : null))
}

/**
 * Adds `weight` times the law without one unit, which is above with probability q, to `sums[m]` for m others above. Taken out again
 * from the end where nothing is divided by less than ½, so that no error grows.
 */
export function addWithoutOne(
  { law, low }: NodeLaw,
  q: number,
  { sums, weight }: { readonly sums: Float64Array; readonly weight: number },
): void {
  const size = law.length
  let rest = 0
  if (q < 0.5) {
    const scale = 1 / (1 - q)
    for (let i = 0; i < size; i += 1) {
      rest = ((law[i] ?? 0) - q * rest) * scale
      if (low + i < sums.length) sums[low + i] = (sums[low + i] ?? 0) + weight * rest
    }
    return
  }
  const scale = 1 / q
  for (let i = size - 1; i >= 0; i -= 1) {
    rest = ((law[i] ?? 0) - (1 - q) * rest) * scale
    if (low + i > 0) sums[low + i - 1] = (sums[low + i - 1] ?? 0) + weight * rest
  }
}
