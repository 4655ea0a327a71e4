import type { UnitList } from '@zhidu/contract'
import { pinyin } from 'pinyin-pro'

type Unit = UnitList['units'][number]

export interface UnitGroup {
  readonly group: string
  readonly units: readonly Unit[]
  /** Members before the filter. */
  readonly total: number
}

/** First letters of the name's pinyin, lower case: 市住房城乡建设局 → `szfcxjsj`. Other characters stay. */
export function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase()
}

/** True when a name, short name, code or the initials of either contain the text. */
export function matchesUnit(unit: Unit, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const names = [unit.name, ...(unit.shortName === null ? [] : [unit.shortName])]
  return (
    unit.unitCode.toLowerCase().includes(wanted) ||
    names.some((name) => name.toLowerCase().includes(wanted) || initialsOf(name).includes(wanted))
  )
}

/** By peer group in order of first appearance, units in the order given (the official one); groups without a match drop out. */
export function groupUnits(units: readonly Unit[], text: string): UnitGroup[] {
  const groups = new Map<string, { units: Unit[]; total: number }>()
  for (const unit of units) {
    const group = groups.get(unit.peerGroup) ?? { units: [], total: 0 }
    groups.set(unit.peerGroup, group)
    group.total += 1
    if (matchesUnit(unit, text)) group.units.push(unit)
  }
  return [...groups].map(([group, rest]) => ({ group, ...rest })).filter(({ units: matches }) => matches.length > 0)
}
