/** How well a grading does. */
export interface GradeResult {
  /** First place of each grade, in order. */
  readonly starts: readonly number[]
  /** Σ over pairs in different grades of λπ − (1 − π), π = P(the one graded higher is better). */
  readonly gain: number
  /** Σ of 1 − π over those pairs. */
  readonly discordance: number
  /** Σ of 2π − 1 over those pairs. */
  readonly concordance: number
}

/** What a division of the first places loses within its blocks, against separating every pair. */
interface Prefix {
  readonly start: number
  readonly lost: number
  readonly lostDiscordance: number
  readonly lostPairs: number
}

/** Gains are compared with what rounding leaves of them; of two equal divisions the one with larger blocks is taken. */
const ROUNDING = 1e-12

/**
 * The best division of a given order into contiguous grades, O(p²): separating the pair (i, j), i before j, gains λπ − (1 − π)
 * with π = `columnOf(j)(i)`, P(i better than j). `mayStart`: false where a grade must not begin; the first place always may.
 */
export function gradeBlocks(
  count: number,
  lambda: number,
  columnOf: (j: number) => (i: number) => number,
  mayStart: (place: number) => boolean = () => true,
): GradeResult {
  const prefixes: Prefix[] = [{ start: 0, lost: 0, lostDiscordance: 0, lostPairs: 0 }]
  /** Of the block from i to the current place: sums over its pairs. */
  const within = new Float64Array(count)
  const discordance = new Float64Array(count)
  let [total, totalDiscordance] = [0, 0]
  for (let j = 0; j < count; j += 1) {
    const probability = columnOf(j)
    let [gained, risked] = [0, 0]
    for (let i = j - 1; i >= 0; i -= 1) {
      const risk = 1 - probability(i)
      gained += lambda * (1 - risk) - risk
      risked += risk
      within[i] = (within[i] ?? 0) + gained
      discordance[i] = (discordance[i] ?? 0) + risked
    }
    total += gained
    totalDiscordance += risked
    let best: Prefix | null = null
    for (let start = 0; start <= j; start += 1) {
      const before = prefixes[start]
      if (before === undefined || (start > 0 && !mayStart(start))) continue
      const lost = before.lost + (within[start] ?? 0)
      if (best !== null && lost >= best.lost - ROUNDING) continue
      const size = j - start + 1
      best = {
        start,
        lost,
        lostDiscordance: before.lostDiscordance + (discordance[start] ?? 0),
        lostPairs: before.lostPairs + (size * (size - 1)) / 2,
      }
    }
    if (best !== null) prefixes.push(best)
  }
  const { lost = 0, lostDiscordance = 0, lostPairs = 0 } = prefixes[count] ?? {}
  const separated = totalDiscordance - lostDiscordance
  const pairs = (count * (count - 1)) / 2 - lostPairs
  return {
    starts: readStarts(prefixes, count),
    gain: total - lost,
    discordance: separated,
    concordance: pairs - 2 * separated,
  }
}

function readStarts(prefixes: readonly Prefix[], count: number): number[] {
  const starts: number[] = []
  for (let end = count; end > 0;) {
    const start = prefixes[end]?.start ?? 0
    starts.unshift(start)
    end = start
  }
  return starts
}
