/** A text as the pairs of its letters, weighed by how rare they are; of length 1. */
export interface TextVector {
  /** Numbers of pairs as the space gave them, each once, in the order in which they first stand there. */
  readonly terms: Int32Array
  readonly weights: Float64Array
}

/** Letters, figures and Chinese characters; all else parts them. */
const BETWEEN = /[^\p{L}\p{N}]/u
/** More than there are letters. */
const LETTERS = 0x110000

/** More than any texts hold of different ones. */
const DISTINCT_LETTERS = 0x10000

/** By code point: 0 = not looked at yet, 1 = a letter, 2 = parts letters. */
const kinds = new Uint8Array(LETTERS)
function parts(code: number): boolean {
  if (kinds[code] === 0) kinds[code] = BETWEEN.test(String.fromCodePoint(code)) ? 2 : 1
  return kinds[code] === 2
}

/** Numbers things from 0 in the order in which they are first met. */
function createNumbering() {
  const numbers = new Map<number, number>()
  return (thing: number): number => {
    const known = numbers.get(thing)
    if (known !== undefined) return known
    const next = numbers.size
    numbers.set(thing, next)
    return next
  }
}

/** Each pair once, with how often it stands there. */
interface CountedPairs {
  readonly terms: Int32Array
  readonly times: Uint16Array
}

/** Numbers letters and their pairs, so that a pair is a small number whatever the script. */
function createPairCounter() {
  const letterOf = createNumbering()
  const termOf = createNumbering()
  let terms = new Int32Array(256)
  let times = new Uint16Array(256)
  /** Of each term: where it stands among those of the text at hand, if it does. */
  let places = new Int32Array(1_024)
  let count = 0

  function add(term: number): void {
    if (term >= places.length) {
      const wider = new Int32Array(Math.max(term + 1, places.length * 2))
      wider.set(places)
      places = wider
    }
    const place = places[term] ?? 0
    if (place < count && terms[place] === term) {
      times[place] = (times[place] ?? 0) + 1
      return
    }
    terms[count] = term
    times[count] = 1
    places[term] = count
    count += 1
  }

  return (text: string): CountedPairs => {
    if (text.length > terms.length) {
      terms = new Int32Array(text.length)
      times = new Uint16Array(text.length)
    }
    count = 0
    const letters = text.toLowerCase()
    let before = -1
    for (let at = 0; at < letters.length; at += 1) {
      const code = letters.codePointAt(at) ?? 0
      if (code > 0xffff) at += 1
      const letter = parts(code) ? -1 : letterOf(code)
      if (before >= 0 && letter >= 0) add(termOf(before * DISTINCT_LETTERS + letter))
      before = letter
    }
    return { terms: terms.slice(0, count), times: times.slice(0, count) }
  }
}

/** The texts of a corpus and others, as vectors over the same pairs. */
export interface TextSpace {
  /** Of a text of the corpus, by its position there; null = it has no pair of letters. */
  vectorAt(position: number): TextVector | null
  vectorOf(text: string): TextVector
  /** Makes a vector the one that `cosineWith` compares. */
  turnTo(vector: TextVector): void
  /** Of the vector turned to with one of the corpus. 0 = no pair in common, 1 = the same. */
  cosineWith(other: TextVector): number
}

/** Weighs pairs of letters by their rarity among `corpus` (inverse document frequency); pairs nobody there has count as the rarest. */
export function buildTextSpace(corpus: readonly (string | null)[]): TextSpace {
  const countPairs = createPairCounter()
  const counted = corpus.map((text) => (text === null ? null : countPairs(text)))
  const texts = counted.reduce((sum, one) => sum + (one === null ? 0 : 1), 0)
  const termCount = 1 + counted.reduce((most, one) => one?.terms.reduce((a, b) => Math.max(a, b), most) ?? most, -1)
  const counts = new Int32Array(termCount)
  for (const one of counted) for (const term of one?.terms ?? []) counts[term] = (counts[term] ?? 0) + 1
  const rarities = Float64Array.from(counts, (count) => Math.log((texts + 1) / (count + 1)) + 1)
  const rarest = Math.log(texts + 1) + 1
  const vectors: (TextVector | null)[] = corpus.map(() => null)
  /** By term: its weight in the vector turned to. */
  const turned = new Float64Array(termCount)
  let shown: Int32Array | null = null

  function toVector({ terms, times }: CountedPairs): TextVector {
    const weights = new Float64Array(terms.length)
    let squares = 0
    for (let at = 0; at < terms.length; at += 1) {
      const weight = (1 + Math.log(times[at] ?? 1)) * (rarities[terms[at] ?? 0] ?? rarest)
      weights[at] = weight
      squares += weight * weight
    }
    const length = Math.sqrt(squares)
    for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] ?? 0) / length
    return { terms, weights }
  }

  function vectorAt(position: number): TextVector | null {
    const one = counted[position] ?? null
    if (one === null || one.terms.length === 0) return null
    return (vectors[position] ??= toVector(one))
  }

  function turnTo({ terms, weights }: TextVector): void {
    for (const term of shown ?? []) turned[term] = 0
    for (let at = 0; at < terms.length; at += 1) turned[terms[at] ?? 0] = weights[at] ?? 0
    shown = terms
  }

  function cosineWith({ terms, weights }: TextVector): number {
    let sum = 0
    for (let at = 0; at < terms.length; at += 1) sum += (turned[terms[at] ?? 0] ?? 0) * (weights[at] ?? 0)
    return Math.min(1, sum)
  }

  return { vectorAt, vectorOf: (text) => toVector(countPairs(text)), turnTo, cosineWith }
}
