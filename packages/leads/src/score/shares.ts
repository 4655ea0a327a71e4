import type { Category } from '@zhidu/domain'
import type { Graded } from './grade-features.ts'
import { AREA_AGREES, bitsOf, CATEGORY_AGREES, LEAST_SHARE } from './weights.ts'

/** How often each value stands among the incidents: agreeing on a rare one says more. */
export interface Shares<Value> {
  of(value: Value): number
}

/** How many areas and classes there are to choose among, as far as few incidents are concerned. */
export const KINDS = { area: 20, category: 4 } as const

/**
 * Every value counted once for each incident that has it, and once more than it was seen among `kinds`: three events in one county do not
 * make it the only one.
 */
export function countShares<Value>(values: Iterable<readonly Value[]>, kinds: number): Shares<Value> {
  const counts = new Map<Value, number>()
  let whole = 0
  for (const some of values) {
    if (some.length === 0) continue
    whole += 1
    for (const value of some) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return { of: (value) => Math.max(LEAST_SHARE, ((counts.get(value) ?? 0) + 1) / (whole + kinds)) }
}

function disagree(agrees: number, share: number): number {
  return bitsOf({ m: 1 - agrees, u: Math.max(LEAST_SHARE, 1 - share) })
}

/** Agreement tells for what it is worth, and never against: where nearly all have the value it says nothing. */
function agree(agrees: number, share: number): number {
  return Math.max(0, bitsOf({ m: agrees, u: share }))
}

/** The rarest area in common counts. */
export function gradeArea(own: readonly string[], theirs: readonly string[], shares: Shares<string>): Graded {
  if (own.length === 0 || theirs.length === 0) return { grade: 'none', bits: 0, distance: null }
  const common = own.filter((area) => theirs.includes(area))
  if (common.length > 0) {
    const share = Math.min(...common.map((area) => shares.of(area)))
    return { grade: 'same', bits: agree(AREA_AGREES, share), distance: null }
  }
  return { grade: 'apart', bits: areaApartBits(own, shares), distance: null }
}

/** What it says that none of these areas is that of an incident. */
export function areaApartBits(own: readonly string[], shares: Shares<string>): number {
  return Math.min(
    0,
    disagree(
      AREA_AGREES,
      own.reduce((most, area) => Math.max(most, shares.of(area)), 0),
    ),
  )
}

export function gradeCategory(own: Category | null, theirs: Category | null, shares: Shares<Category>): Graded {
  if (own === null || theirs === null) return { grade: 'none', bits: 0, distance: null }
  const bits =
    own === theirs ? agree(CATEGORY_AGREES, shares.of(own)) : Math.min(0, disagree(CATEGORY_AGREES, shares.of(own)))
  return { grade: own === theirs ? 'same' : 'apart', bits, distance: null }
}
