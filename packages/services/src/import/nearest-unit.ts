import { toPlainForm } from '@zhidu/contract'

export interface KnownUnit {
  readonly unitCode: string
  readonly name: string
}

/** Two letters in the wrong order are the likelier slip. */
const SWAP_COST = 0.75

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
 * Infinity once it is certain to be more than `limit`.
 */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let value = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) value = Math.min(value, (beforeLast[j - 2] ?? 0) + SWAP_COST)
      row.push(value)
    }
    if (Math.min(...row, ...last) > limit) return Infinity
    beforeLast = last
    last = row
  }
  return last[b.length] ?? Infinity
}

function toComparable(text: string): string {
  return toPlainForm(text).toUpperCase()
}

/**
 * Finds the unit that was probably meant: the one of that name, else the code with the fewest slips between, the earlier
 * of equals in the given order. Answers are remembered: files repeat their mistakes.
 */
export function createNearestUnit(units: readonly KnownUnit[]): (text: string) => KnownUnit | undefined {
  const known = new Map<string, KnownUnit | undefined>()
  const forms = units.map((unit) => ({ unit, code: toComparable(unit.unitCode), name: toComparable(unit.name) }))
  const find = (text: string): KnownUnit | undefined => {
    const wanted = toComparable(text)
    const named = forms.find(({ name }) => name === wanted)
    if (named !== undefined) return named.unit
    let best: KnownUnit | undefined
    let least = Infinity
    for (const { code, unit } of forms) {
      const distance = editDistance(wanted, code, Math.min(least, 100))
      if (distance >= least) continue
      least = distance
      best = unit
    }
    return best
  }
  return (text) => {
    if (!known.has(text)) {
      if (known.size > 5_000) return undefined
      known.set(text, find(text))
    }
    return known.get(text)
  }
}
