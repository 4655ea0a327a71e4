import type { RosterShiftFact } from '../facts/facts.ts'
import { compareCodePoints } from '../league/code-point-order.ts'
import type { Span } from '../calendar/span.ts'

/** One name on two shifts at one time. */
export interface RosterConflict extends Span {
  readonly person: string
  /** `roles`: as leader and as officer of one unit. `twice`: twice in one role. `units`: in two units; names are not unique. */
  readonly kind: 'roles' | 'twice' | 'units'
  readonly first: RosterShiftFact
  readonly second: RosterShiftFact
}

function kindOf(first: RosterShiftFact, second: RosterShiftFact): RosterConflict['kind'] {
  if (first.unitCode !== second.unitCode) return 'units'
  return first.role === second.role ? 'twice' : 'roles'
}

function conflictsOf(shifts: readonly RosterShiftFact[]): RosterConflict[] {
  const ordered = shifts.toSorted((a, b) => a.startsAt - b.startsAt)
  return ordered.flatMap((first, index) =>
    ordered.slice(index + 1).flatMap((second): RosterConflict[] => {
      const to = Math.min(first.endsAt, second.endsAt)
      if (second.startsAt >= to) return []
      return [{ person: first.person, kind: kindOf(first, second), from: second.startsAt, to, first, second }]
    }),
  )
}

/** Who is in two places at once, when and for how long: by time, then by name. */
export function findRosterConflicts(shifts: readonly RosterShiftFact[]): RosterConflict[] {
  return [...Map.groupBy(shifts, ({ person }) => person).values()]
    .flatMap(conflictsOf)
    .toSorted((a, b) => a.from - b.from || compareCodePoints(a.person, b.person))
}
