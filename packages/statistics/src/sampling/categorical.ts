import type { Random } from '../random/random.ts'

/**
 * One of the keys, in proportion to its weight. Weights are ≥ 0 and not all 0, else RangeError. The order of the keys
 * matters for which number gives which key, so it belongs to what a seed means.
 */
export function sampleCategory<K extends string>(random: Random, weights: Readonly<Partial<Record<K, number>>>): K {
  const entries = Object.entries<number | undefined>(weights).map(([key, weight]): [K, number] => [
    key as K,
    weight ?? 0,
  ])
  if (entries.some(([, weight]) => !(weight >= 0))) throw new RangeError('a weight below 0')
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
  if (!(total > 0)) throw new RangeError('no weight above 0')
  let mark = random.unit() * total
  let last: K | undefined
  for (const [key, weight] of entries) {
    if (weight === 0) continue
    if (mark < weight) return key
    mark -= weight
    last = key
  }
  // Only rounding leads here.
  return last as K
}
