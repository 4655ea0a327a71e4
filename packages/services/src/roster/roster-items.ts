import type { RosterConflictItem, RosterGapItem } from '@zhidu/contract'
import { maskName, maskNumbers, maskPhone, type RosterConflict, type RosterGap, toLocalIso } from '@zhidu/domain'

export function toGapItem({ from, need, to }: RosterGap): RosterGapItem {
  return { need, from: toLocalIso(from), to: toLocalIso(to) }
}

/** `nameOf` gives units' names; those that are not in reach are not among conflicts. */
export function toConflictItem(
  { first, from, kind, person, second, to }: RosterConflict,
  { isMasked, nameOf }: { readonly isMasked: boolean; readonly nameOf: (unitCode: string) => string },
): RosterConflictItem {
  const units = kind === 'units' ? [first.unitCode, second.unitCode].map(nameOf) : []
  return { person: isMasked ? maskName(person) : person, kind, from: toLocalIso(from), to: toLocalIso(to), units }
}

interface Named {
  readonly person: string
  readonly phone: string | null
}

export function maskPerson<One extends Named>(one: One, isMasked: boolean): One {
  if (!isMasked) return one
  return { ...one, person: maskName(one.person), phone: one.phone === null ? null : maskPhone(one.phone) }
}

/** A telephone of a duty room is nobody's own; a mobile is somebody's. */
export function maskLine(number: string, isMasked: boolean): string {
  return isMasked ? maskNumbers(number) : number
}
