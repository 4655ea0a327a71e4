import { SECOND_MS } from '../calendar/local-time.ts'
import { addDays } from '../calendar/plain-date.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import { isYearAnnounced } from '../calendar/workdays.ts'
import { checkRegulation } from '../regulation/check-regulation.ts'
import type { HolidayBlock, Regulation } from '../regulation/regulation.ts'

/** Why a quarter cannot be frozen; the figures that the words are made from. */
export interface FreezeProblem {
  readonly reason:
    | 'quarter_running'
    | 'freeze_before_end'
    | 'freeze_in_future'
    | 'freeze_without_rules'
    | 'freeze_rules_broken'
    | 'freeze_calendar_missing'
    | 'freeze_without_units'
  readonly params: Readonly<Record<string, string>>
}

/** More days than a due day is ever moved to reach a workday. */
const LONGEST_MOVE_DAYS = 10

/**
 * The first reason why a quarter cannot be frozen as of an instant, or null. `asOf`, `now`: epoch ms; `regulation`: the one in
 * force on its last day, null = none; `memberCount`: units in its tables.
 */
export function findFreezeProblem(state: {
  readonly quarter: Quarter
  readonly asOf: number
  readonly now: number
  readonly regulation: Regulation | null
  readonly holidays: readonly HolidayBlock[]
  readonly memberCount: number
}): FreezeProblem | null {
  const { asOf, holidays, memberCount, now, quarter, regulation } = state
  const { firstOn, lastOn, to } = quarterRange(quarter)
  if (now < to) return { reason: 'quarter_running', params: { quarter, lastOn } }
  if (asOf < to - SECOND_MS) return { reason: 'freeze_before_end', params: { quarter, lastOn } }
  if (asOf > now) return { reason: 'freeze_in_future', params: { quarter } }
  if (memberCount === 0) return { reason: 'freeze_without_units', params: { quarter } }
  if (regulation === null) return { reason: 'freeze_without_rules', params: { quarter, lastOn } }
  const [problem] = checkRegulation(regulation)
  if (problem !== undefined) {
    const { id, version } = regulation
    return { reason: 'freeze_rules_broken', params: { id, version, problem: problem.reason, part: problem.part } }
  }
  // A holiday early in a year has its forms due late in the year before.
  const days = [firstOn, addDays(lastOn, regulation.filing.leadDays + LONGEST_MOVE_DAYS)]
  const year = days.map((day) => Number(day.slice(0, 4))).find((one) => !isYearAnnounced(one, holidays))
  return year === undefined ? null : { reason: 'freeze_calendar_missing', params: { quarter, year: String(year) } }
}
