/** Weights in a Fenwick tree: find and take out in O(log n). */
export interface Urn {
  readonly tree: Float64Array
  readonly weights: Float64Array
  total: number
}

/** `weights`: whole numbers; their sum stays below 2^53. */
export function makeUrn(weights: readonly number[]): Urn {
  const tree = new Float64Array(weights.length + 1)
  for (const [at, weight] of weights.entries()) {
    tree[at + 1] = (tree[at + 1] ?? 0) + weight
    const parent = at + 1 + ((at + 1) & -(at + 1))
    if (parent < tree.length) tree[parent] = (tree[parent] ?? 0) + (tree[at + 1] ?? 0)
  }
  return { tree, weights: Float64Array.from(weights), total: weights.reduce((sum, weight) => sum + weight, 0) }
}

/** The index whose slips hold slip number `slip` (from 0, below `total`), its slips taken out of the urn. */
export function takeFrom(urn: Urn, slip: number): number {
  const { tree, weights } = urn
  let [at, rest] = [0, slip]
  for (let step = 2 ** Math.floor(Math.log2(tree.length)); step >= 1; step /= 2) {
    const next = at + step
    if (next < tree.length && (tree[next] ?? 0) <= rest) {
      at = next
      rest -= tree[next] ?? 0
    }
  }
  const weight = weights[at] ?? 0
  for (let node = at + 1; node < tree.length; node += node & -node) tree[node] = (tree[node] ?? 0) - weight
  weights[at] = 0
  urn.total -= weight
  return at
}
