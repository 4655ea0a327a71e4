import type { Finding } from '../facts/facts.ts'

/** Which of a unit's numbers is called. */
export const CALL_LINES = ['duty_room', 'alternate', 'duty_mobile', 'leader', 'officer'] as const
export type CallLine = (typeof CALL_LINES)[number]

/** Lines that a duty room is reached by; the others belong to people. */
export const DUTY_LINES = ['duty_room', 'alternate', 'duty_mobile'] as const satisfies readonly CallLine[]
export type DutyLine = (typeof DUTY_LINES)[number]

export const CONNECTED_OUTCOMES = [
  'right_person',
  'not_on_roster',
  'nobody_on_duty',
  'wrong_office',
  'hung_up',
] as const
export const UNCONNECTED_OUTCOMES = ['no_answer', 'busy', 'invalid', 'switched_off'] as const
/**
 * How one attempt came out. `nobody_on_duty`: somebody answered and said, or it was plain, that nobody of the roster was there.
 * Source: the published telephone checks whose tables keep connected and not connected apart (docs/inspection.md).
 */
export const CALL_OUTCOMES = [...CONNECTED_OUTCOMES, ...UNCONNECTED_OUTCOMES] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

export function isConnected(outcome: CallOutcome): boolean {
  return (CONNECTED_OUTCOMES as readonly CallOutcome[]).includes(outcome)
}

/** One call as the inspector made it; times are milliseconds since the inspection began, by a clock that cannot be set. */
export interface CallAttempt {
  readonly line: CallLine
  readonly dialledMs: number
  /** Until it was answered or given up. */
  readonly ringMs: number
  /** Rings counted; null = not counted. */
  readonly rings: number | null
  readonly outcome: CallOutcome
}

/** That the unit was asked, over another line or by message, to call back from its duty number. */
export interface CallBack {
  readonly askedMs: number
  /** null = nobody called back so far. */
  readonly cameMs: number | null
  /** Whether it came from the duty number; null = it did not come, or the number was not shown. */
  readonly isFromDutyLine: boolean | null
}

/** What a finished sequence of calls proves by itself; what is asked on the telephone comes on top. */
export type CallVerdict =
  | { readonly kind: 'reached'; readonly isLate: boolean }
  /** Somebody not on the roster answered. */
  | { readonly kind: 'fault'; readonly finding: Finding }
  /** Nothing is proved either way, e.g. the line was always busy. */
  | { readonly kind: 'inconclusive' }
