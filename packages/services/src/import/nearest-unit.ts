import { toPlainForm } from '@zhidu/contract'

export interface KnownUnit {
  readonly unitCode: string
  readonly name: string
}

/** Insertions, deletions and replacements that turn one text into the other; more than `limit` counts as `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const value = Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      row.push(value)
      least = Math.min(least, value)
    }
    if (least > limit) return limit + 1
    previous = row
  }
  return previous[b.length] ?? limit + 1
}

function toComparable(text: string): string {
  return toPlainForm(text).toUpperCase()
}

/**
 * Finds the unit that was probably meant: the one of that name, else the code with the fewest different letters, the earlier
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
