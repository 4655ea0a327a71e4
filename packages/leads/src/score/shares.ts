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

/** Areas that a record bears, each with the share of incidents that agree with it by chance. */
export type AreaClaims = ReadonlyMap<string, number>

/**
 * Of areas that may each be meant, apart from those that lie in one another, a chance agreement with any is as good as with the
 * next: a name that nine counties have says nine times less than one that is borne once.
 */
export function claimAreas(
  areas: readonly string[],
  shares: Shares<string>,
  areasOf: (unitCode: string) => readonly string[],
): AreaClaims {
  const isWithin = (one: string, other: string): boolean => areasOf(one).includes(other)
  return new Map(
    areas.map((area) => {
      const others = areas.filter((other) => other !== area && !isWithin(area, other) && !isWithin(other, area))
      return [
        area,
        Math.min(
          1,
          [area, ...others].reduce((sum, one) => sum + shares.of(one), 0),
        ),
      ]
    }),
  )
}

/** What it says that an area is in common. */
export function areaSameBits(share: number): number {
  return agree(AREA_AGREES, share)
}

/** The rarest area in common counts. */
export function gradeArea(own: AreaClaims, theirs: readonly string[]): Graded {
  if (own.size === 0 || theirs.length === 0) return { grade: 'none', bits: 0, distance: null }
  const common = theirs.flatMap((area) => own.get(area) ?? [])
  if (common.length > 0) return { grade: 'same', bits: areaSameBits(Math.min(...common)), distance: null }
  return { grade: 'apart', bits: areaApartBits(own), distance: null }
}

/** What it says that none of these areas is that of an incident. */
export function areaApartBits(own: AreaClaims): number {
  return Math.min(0, disagree(AREA_AGREES, Math.max(0, ...own.values())))
}

export function gradeCategory(own: Category | null, theirs: Category | null, shares: Shares<Category>): Graded {
  if (own === null || theirs === null) return { grade: 'none', bits: 0, distance: null }
  const bits =
    own === theirs ? agree(CATEGORY_AGREES, shares.of(own)) : Math.min(0, disagree(CATEGORY_AGREES, shares.of(own)))
  return { grade: own === theirs ? 'same' : 'apart', bits, distance: null }
}
