import type { PlainDate } from '../calendar/plain-date.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import type { UnitTree } from './succession.ts'

export const UNIT_CHANGES = [
  'opened',
  'reopened',
  'closed',
  'renamed',
  'moved',
  'regrouped',
  'merged_into',
  'took_in',
  'split_into',
  'split_from',
] as const
export type UnitChangeKind = (typeof UNIT_CHANGES)[number]

/** One thing that happened to a unit on a day. */
export interface UnitChange {
  /** null = since always. */
  readonly onDate: PlainDate | null
  readonly kind: UnitChangeKind
  /** Names, superiors, groups, or codes of other units; null where there is nothing to tell. */
  readonly before: string | null
  readonly after: string | null
}

function compareRows(before: UnitPeriod, after: UnitPeriod): UnitChange[] {
  const onDate = after.validFrom
  const changes: UnitChange[] = []
  const add = (kind: UnitChangeKind, old: string | null, now: string | null): void => {
    if (old !== now) changes.push({ onDate, kind, before: old, after: now })
  }
  if (before.validTo !== after.validFrom) {
    changes.push({ onDate: before.validTo, kind: 'closed', before: before.name, after: null })
    changes.push({ onDate, kind: 'reopened', before: null, after: after.name })
  }
  add('renamed', before.name, after.name)
  add('moved', before.parentCode, after.parentCode)
  add('regrouped', before.peerGroup, after.peerGroup)
  return changes
}

/** Everything that happened to a unit, oldest first; what became of it by mergers and splits after the rows of the same day. */
export function listUnitChanges(unitCode: string, tree: UnitTree): UnitChange[] {
  const periods = tree.periodsOf.get(unitCode) ?? []
  const changes: UnitChange[] = []
  for (const [index, period] of periods.entries()) {
    const before = periods[index - 1]
    if (before === undefined) {
      changes.push({ onDate: period.validFrom, kind: 'opened', before: null, after: period.name })
    } else changes.push(...compareRows(before, period))
  }
  const last = periods.at(-1)
  if (last !== undefined && last.validTo !== null) {
    changes.push({ onDate: last.validTo, kind: 'closed', before: last.name, after: null })
  }
  for (const { fromCode, kind, onDate, toCode } of tree.successions) {
    if (fromCode === unitCode) {
      const what = kind === 'merge' ? 'merged_into' : 'split_into'
      changes.push({ onDate, kind: what, before: null, after: toCode })
    }
    if (toCode === unitCode) {
      const what = kind === 'merge' ? 'took_in' : 'split_from'
      changes.push({ onDate, kind: what, before: fromCode, after: null })
    }
  }
  return changes
    .map((change, index) => ({ change, index, on: change.onDate ?? '' }))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.index - b.index))
    .map(({ change }) => change)
}
