import type { IndicatorGroup } from '@zhidu/contract'
import type { Funnel, FunnelRow, Indicator } from '@zhidu/domain'
import type { UnitSection } from '../../ui/unit-link.ts'

/** Where an indicator's evidence stands on the unit's page. */
export const SECTION_OF: Readonly<Record<Indicator, UnitSection>> = {
  timeliness: 'events',
  completeness: 'events',
  checks: 'checks',
  filings: 'filings',
}

export interface FunnelUnit {
  readonly unitCode: string
  readonly name: string
  readonly row: FunnelRow
}

export type Side = 'low' | 'high' | 'in'

export function sideOf({ flag }: Pick<FunnelRow, 'flag'>): Side {
  return flag === 'in' ? 'in' : flag.startsWith('low') ? 'low' : 'high'
}

export function isAlarm({ flag }: Pick<FunnelRow, 'flag'>): boolean {
  return flag.endsWith('alarm')
}

const ORDER: Readonly<Record<FunnelRow['flag'], number>> = {
  low_alarm: 0,
  low_alert: 1,
  high_alarm: 2,
  high_alert: 3,
  in: 4,
}

/** Units beyond a limit first, the furthest on top; the others in official order, those without an opportunity last. */
export function toFunnelUnits(group: IndicatorGroup, { rows }: Funnel): FunnelUnit[] {
  const units = group.rows.flatMap(({ name, shortName, unitCode }, index): FunnelUnit[] => {
    const row = rows[index]
    return row === undefined ? [] : [{ unitCode, name: shortName ?? name, row }]
  })
  const placeOf = ({ row }: FunnelUnit): number => (row.share === null ? 5 : ORDER[row.flag])
  return units.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.row.flag === 'in' ? 0 : a.row.tail - b.row.tail))
}

export interface FunnelCounts {
  readonly lowAlarm: number
  readonly lowAlert: number
  readonly high: number
  readonly measured: number
}

export function countFlags(units: readonly FunnelUnit[]): FunnelCounts {
  const of = (isCounted: (row: FunnelRow) => boolean): number => units.filter(({ row }) => isCounted(row)).length
  return {
    lowAlarm: of(({ flag }) => flag === 'low_alarm'),
    lowAlert: of(({ flag }) => flag === 'low_alert'),
    high: of((row) => sideOf(row) === 'high'),
    measured: of(({ share }) => share !== null),
  }
}

export interface PlacedUnit extends FunnelUnit {
  /** Position among units with the same counts, and their number. */
  readonly place: number
  readonly crowd: number
}

/** Units with an opportunity; those with equal counts know of each other, so that they can be drawn beside one another. */
export function placeUnits(units: readonly FunnelUnit[]): PlacedUnit[] {
  const cells = new Map<string, FunnelUnit[]>()
  for (const unit of units) {
    if (unit.row.share === null) continue
    const key = `${unit.row.part}/${unit.row.whole}`
    const cell = cells.get(key)
    if (cell === undefined) cells.set(key, [unit])
    else cell.push(unit)
  }
  return [...cells.values()].flatMap((cell) => cell.map((unit, place) => ({ ...unit, place, crowd: cell.length })))
}
