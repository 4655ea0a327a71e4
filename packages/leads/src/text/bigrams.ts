/** A text as the pairs of its letters, weighed by how rare they are; of length 1. */
export interface TextVector {
  /** Ascending. */
  readonly terms: Float64Array
  readonly weights: Float64Array
}

/** Letters, figures and Chinese characters; all else parts them. */
const BETWEEN = /[^\p{L}\p{N}]/u
const LETTERS = 0x110000

const isBetween = new Map<string, boolean>()
function parts(letter: string): boolean {
  const known = isBetween.get(letter)
  if (known !== undefined) return known
  const answer = BETWEEN.test(letter)
  isBetween.set(letter, answer)
  return answer
}

/** Each pair of neighbouring letters as one number, in ascending order, as often as it stands there. */
function listPairs(text: string): Float64Array {
  const pairs: number[] = []
  let before: number | null = null
  for (const letter of text.toLowerCase()) {
    const code = parts(letter) ? null : (letter.codePointAt(0) ?? 0)
    if (before !== null && code !== null) pairs.push(before * LETTERS + code)
    before = code
  }
  return Float64Array.from(pairs).sort()
}

/** Of an ascending list: each pair once, with how often it stands there. */
function countPairs(pairs: Float64Array): { readonly terms: Float64Array; readonly times: Float64Array } {
  const terms = new Float64Array(pairs.length)
  const times = new Float64Array(pairs.length)
  let last = -1
  for (const pair of pairs) {
    if (last < 0 || terms[last] !== pair) {
      last += 1
      terms[last] = pair
    }
    times[last] = (times[last] ?? 0) + 1
  }
  return { terms: terms.subarray(0, last + 1), times: times.subarray(0, last + 1) }
}

export interface TextSpace {
  vectorOf(text: string): TextVector
}

/** Weighs pairs of letters by their rarity among `corpus` (inverse document frequency); pairs nobody there has count as the rarest. */
export function buildTextSpace(corpus: Iterable<string>): TextSpace {
  const counts = new Map<number, number>()
  let texts = 0
  for (const text of corpus) {
    texts += 1
    for (const pair of countPairs(listPairs(text)).terms) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  const rarityOf = (pair: number): number => Math.log((texts + 1) / ((counts.get(pair) ?? 0) + 1)) + 1

  function vectorOf(text: string): TextVector {
    const { terms, times } = countPairs(listPairs(text))
    const weights = terms.map((pair, at) => (1 + Math.log(times[at] ?? 1)) * rarityOf(pair))
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0))
    return { terms, weights: weights.map((weight) => weight / length) }
  }

  return { vectorOf }
}

/** 0 = no pair in common, 1 = the same. */
export function cosineOf(a: TextVector, b: TextVector): number {
  let sum = 0
  let [i, j] = [0, 0]
  while (i < a.terms.length && j < b.terms.length) {
    const [left, right] = [a.terms[i] ?? 0, b.terms[j] ?? 0]
    if (left === right) {
      sum += (a.weights[i] ?? 0) * (b.weights[j] ?? 0)
      i += 1
      j += 1
    } else if (left < right) i += 1
    else j += 1
  }
  return Math.min(1, sum)
}
