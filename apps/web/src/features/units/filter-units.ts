import type { UnitList } from '@zhidu/contract'
import { type InitialsOf, matchesUnit } from '@zhidu/domain'

export interface UnitGroup {
  readonly group: string
  readonly units: readonly UnitList['units'][number][]
  /** Members before the filter. */
  readonly total: number
}

/**
 * By peer group in order of first appearance, units in the order given (the official one); groups without a match drop out.
 * `initialsOf` null = initials are not known yet.
 */
export function groupUnits(units: UnitList['units'], text: string, initialsOf: InitialsOf | null): UnitGroup[] {
  const groups = new Map<string, { units: UnitList['units']; total: number }>()
  for (const unit of units) {
    const group = groups.get(unit.peerGroup) ?? { units: [], total: 0 }
    groups.set(unit.peerGroup, group)
    group.total += 1
    if (matchesUnit(unit, text, initialsOf)) group.units.push(unit)
  }
  return [...groups].map(([group, rest]) => ({ group, ...rest })).filter(({ units: matches }) => matches.length > 0)
}
