import type { Overview, OverviewChange, OverviewGroup, OverviewUnit, RatioCounts } from '@zhidu/contract'
import { ratioValue } from '@zhidu/domain'
import type { z } from 'zod'

export type Counts = z.infer<typeof RatioCounts>

/** Points of a percentage between two shares, exact; null when either has nothing to be a share of. */
export function computePointsDifference(now: Counts, previous: Counts): number | null {
  const a = ratioValue(now)
  const b = ratioValue(previous)
  return a === null || b === null ? null : (a - b) * 100
}

export type OverviewHeadline =
  | { readonly kind: 'nothing_owed' }
  | { readonly kind: 'all_not_due'; readonly notYetDue: number }
  | { readonly kind: 'first_quarter'; readonly now: Counts }
  | { readonly kind: 'compared'; readonly now: Counts; readonly previous: Counts }

/** Where the reader's own unit stands among peers out of its reach. */
export interface OwnStanding {
  readonly group: string
  readonly unitCount: number
  /** null = not measured. */
  readonly unit: OverviewUnit | null
  /** Units whose figures the page adds up, the own one included. */
  readonly reachCount: number
}

/** True when the reader sees some of the group only. */
export function isPartial(group: OverviewGroup): boolean {
  return group.reachCount < group.unitCount
}

/** `ownCode`: the unit at the top of the reader's reach. null when it is in no table, or reaches all of its group. */
export function findOwnStanding(overview: Overview, ownCode: string | null): OwnStanding | null {
  const reachCount = overview.groups.reduce((sum, group) => sum + group.reachCount, 0)
  for (const group of overview.groups.filter(isPartial)) {
    const { unitCount } = group
    const unit = group.top.find(({ unitCode }) => unitCode === ownCode)
    if (unit !== undefined) return { group: group.group, unitCount, unit, reachCount }
    if (reachCount === 1) return { group: group.group, unitCount, unit: null, reachCount }
  }
  return null
}

/** What the page opens with: the on-time share, beside that of the quarter before where there is one. */
export function buildOverviewHeadline(overview: Overview): OverviewHeadline {
  const { now, previous } = overview.timeliness
  if (now.whole === 0) {
    return overview.notYetDue === 0 ? { kind: 'nothing_owed' } : { kind: 'all_not_due', notYetDue: overview.notYetDue }
  }
  return previous.whole === 0 ? { kind: 'first_quarter', now } : { kind: 'compared', now, previous }
}

export interface ExtremeRows {
  readonly top: readonly OverviewUnit[]
  /** Ranked units between the two ends; 0 = the list is whole. */
  readonly middle: number
  readonly bottom: readonly OverviewUnit[]
}

/** Both ends of a group's table with what lies between. A unit stands in one of the two ends only. */
export function buildExtremes(group: OverviewGroup): ExtremeRows {
  const codes = new Set(group.top.map((unit) => unit.unitCode))
  const bottom = group.bottom.filter((unit) => !codes.has(unit.unitCode))
  const ranked = [...group.top, ...bottom].filter((unit) => unit.rank !== null).length
  return { top: group.top, middle: Math.max(0, group.rankedCount - ranked), bottom }
}

/** Lower end of the axis on which shares are compared, in steps of a quarter; 1 is always the upper end. */
export function lowestAxisShare(changes: readonly OverviewChange[]): number {
  const shares = changes.flatMap((change) => [
    ratioValue(change.timeliness) ?? 1,
    ratioValue(change.previousTimeliness) ?? 1,
  ])
  return Math.min(0.75, Math.floor(Math.min(1, ...shares) * 4) / 4)
}

/** Round shares from the lower end to 1: every quarter, or only the ends and the middle where five would crowd. */
export function shareTicks(low: number): number[] {
  const step = low === 0 ? 0.5 : 0.25
  return Array.from({ length: Math.round((1 - low) / step) + 1 }, (_, index) => low + index * step)
}

/** Sum over the kinds of misreports. */
export function countMisreports(overview: Overview): number {
  return overview.misreports.now.reduce((sum, each) => sum + each.count, 0)
}
