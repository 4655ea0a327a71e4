import type { DutyMode, RosterRole, RosterShiftFact } from '../facts/facts.ts'
import { lengthOf, type Span, uncoveredIn } from '../calendar/span.ts'

/** Who must be on duty at every instant. `cadre`: anybody at all, of whichever role. */
export type DutyNeed = RosterRole | 'cadre'

const NEEDS = { room: ['leader', 'officer'], phone: ['cadre'] } as const satisfies Record<DutyMode, readonly DutyNeed[]>

/**
 * A duty room is kept by officers in turn under a leader of the day; a unit without one owes one cadre on the telephone for 24
 * hours and nothing else. Source: the opinion on duty work, 二(一), 二(二), 三(一).
 */
export function dutyNeedsOf(mode: DutyMode): readonly DutyNeed[] {
  return NEEDS[mode]
}

/** Time in which somebody who is needed is on no shift. */
export interface RosterGap extends Span {
  readonly need: DutyNeed
}

type Placed = Pick<RosterShiftFact, 'role' | 'startsAt' | 'endsAt'>

function spansFor(need: DutyNeed, shifts: readonly Placed[]): Span[] {
  return shifts
    .filter(({ role }) => need === 'cadre' || role === need)
    .map(({ endsAt, startsAt }) => ({ from: startsAt, to: endsAt }))
}

/** Every gap of a window, by need in the order of `dutyNeedsOf`, then by time. */
export function findRosterGaps(shifts: readonly Placed[], window: Span, mode: DutyMode): RosterGap[] {
  return dutyNeedsOf(mode).flatMap((need) =>
    uncoveredIn(spansFor(need, shifts), window).map((span): RosterGap => ({ ...span, need })),
  )
}

/** `none`: no duty begins within the window, which is as if none was filed; the last one before it may still run for a while. */
export const ROSTER_STATES = ['none', 'gaps', 'complete'] as const
export type RosterState = (typeof ROSTER_STATES)[number]

/** Units at once, of a list of rosters. */
export const ROSTER_UNITS_PER_PAGE = 50

/** How much of a window each need has somebody, ms; `cadre` = anybody. */
export interface RosterCover {
  /** Shifts that begin within the window. */
  readonly begins: number
  readonly leader: number
  readonly officer: number
  readonly cadre: number
}

/** What of a window nobody covers, summed over needs. ms. */
export function uncoveredOf(cover: RosterCover, window: Span, mode: DutyMode): number {
  const length = lengthOf([window])
  return dutyNeedsOf(mode).reduce((sum, need) => sum + length - cover[need], 0)
}

export function rosterStateOf(cover: RosterCover, window: Span, mode: DutyMode): RosterState {
  if (uncoveredOf(cover, window, mode) === 0) return 'complete'
  return cover.begins === 0 ? 'none' : 'gaps'
}
