import type { PlannedShift, ShiftPerson } from './plan.ts'
import type { Span } from '../calendar/span.ts'

/** `planned`, `withdrawn`: what has not begun. `swapped`: 换班, two people change places. `replaced`: 替班, somebody stands in. */
export const ROSTER_CHANGE_KINDS = ['planned', 'withdrawn', 'swapped', 'replaced'] as const
export type RosterChangeKind = (typeof ROSTER_CHANGE_KINDS)[number]

/** A version to be written; the identity is role, start and person. */
export interface ShiftVersion extends PlannedShift {
  readonly isWithdrawn: boolean
}

export type ChangeRefusal = 'unknown' | 'begun' | 'twice' | 'same_person' | 'same_time' | 'other_role' | 'outside'

export type RosterChange =
  | { readonly kind: 'refused'; readonly refusal: ChangeRefusal }
  /** `isLate`: put on record when what it changes had begun, 事后报备. In the order in which they are written. */
  | {
      readonly kind: 'change'
      readonly versions: readonly ShiftVersion[]
      readonly span: Span
      readonly isLate: boolean
    }

export type ShiftKey = Pick<PlannedShift, 'role' | 'startsAt' | 'person'>

function refuse(refusal: ChangeRefusal): RosterChange {
  return { kind: 'refused', refusal }
}

function find(present: readonly PlannedShift[], key: ShiftKey): PlannedShift | undefined {
  return present.find(
    ({ person, role, startsAt }) => role === key.role && startsAt === key.startsAt && person === key.person,
  )
}

function spanOf(shifts: readonly PlannedShift[]): Span {
  return {
    from: Math.min(...shifts.map(({ startsAt }) => startsAt)),
    to: Math.max(...shifts.map(({ endsAt }) => endsAt)),
  }
}

function withdraw(shift: PlannedShift): ShiftVersion {
  return { ...shift, isWithdrawn: true }
}

function put(shift: PlannedShift): ShiftVersion {
  return { ...shift, isWithdrawn: false }
}

/** True when somebody stands in the role already at some time of a span, the shift `but` aside. */
function isBusy(
  present: readonly PlannedShift[],
  { person, role }: Pick<ShiftKey, 'person' | 'role'>,
  { from, to }: Span,
  but: readonly PlannedShift[],
): boolean {
  return present.some(
    (one) => !but.includes(one) && one.role === role && one.person === person && one.startsAt < to && from < one.endsAt,
  )
}

/** Takes shifts back that have not begun at `now`. */
export function withdrawShifts(present: readonly PlannedShift[], keys: readonly ShiftKey[], now: number): RosterChange {
  const shifts = keys.flatMap((key) => find(present, key) ?? [])
  if (shifts.length === 0 || shifts.length < keys.length) return refuse('unknown')
  if (shifts.some(({ startsAt }) => startsAt <= now)) return refuse('begun')
  return { kind: 'change', versions: shifts.map(withdraw), span: spanOf(shifts), isLate: false }
}

/** One version of each shift, the last that was said. */
function lastOfEach(versions: readonly ShiftVersion[]): ShiftVersion[] {
  const last = new Map(versions.map((version) => [`${version.role} ${version.startsAt} ${version.person}`, version]))
  return [...last.values()]
}

/** 换班: each takes the other's whole shift. Neither has begun; afterwards there are only replacements. */
export function swapShifts(
  present: readonly PlannedShift[],
  [firstKey, secondKey]: readonly [ShiftKey, ShiftKey],
  now: number,
): RosterChange {
  const [first, second] = [find(present, firstKey), find(present, secondKey)]
  if (first === undefined || second === undefined) return refuse('unknown')
  if (first.person === second.person) return refuse('same_person')
  if (first.role !== second.role) return refuse('other_role')
  // Who stand in one role side by side have nothing to swap.
  if (first.startsAt === second.startsAt && first.endsAt === second.endsAt) {
    return refuse('same_time')
  }
  if (first.startsAt <= now || second.startsAt <= now) return refuse('begun')
  const both = [first, second]
  const taken = [
    { ...first, person: second.person, post: second.post, phone: second.phone },
    { ...second, person: first.person, post: first.post, phone: first.phone },
  ]
  const isTaken = taken.some((one) => isBusy(present, one, { from: one.startsAt, to: one.endsAt }, both))
  if (isTaken) return refuse('twice')
  const versions = lastOfEach([...both.map(withdraw), ...taken.map(put)])
  return { kind: 'change', versions, span: spanOf(both), isLate: false }
}

/**
 * 替班: somebody stands in for all of a shift or for a part of it; the rest stays with whoever had it. The role is covered exactly as
 * before. The only act that changes a shift which has begun: it is then late from its own start on.
 */
export function replaceInShift(
  present: readonly PlannedShift[],
  { by, key, span }: { readonly key: ShiftKey; readonly by: ShiftPerson; readonly span: Span },
  now: number,
): RosterChange {
  const shift = find(present, key)
  if (shift === undefined) return refuse('unknown')
  if (shift.person === by.person) return refuse('same_person')
  if (span.from < shift.startsAt || span.to > shift.endsAt || span.from >= span.to) return refuse('outside')
  const taken = { ...shift, ...by, startsAt: span.from, endsAt: span.to }
  if (isBusy(present, taken, span, [])) return refuse('twice')
  const before = span.from > shift.startsAt ? put({ ...shift, endsAt: span.from }) : withdraw(shift)
  const after = span.to < shift.endsAt ? [put({ ...shift, startsAt: span.to })] : []
  return { kind: 'change', versions: [before, put(taken), ...after], span, isLate: span.from <= now }
}
