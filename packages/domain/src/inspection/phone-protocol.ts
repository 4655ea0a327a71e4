import { type CallAttempt, type CallBack, type CallVerdict, type DutyLine, isConnected } from './call.ts'
import type { PhoneSettings } from './phone-settings.ts'

const MS_PER_SECOND = 1_000

/** What is known while calls are made. */
export interface CallCourse {
  readonly settings: PhoneSettings
  /** The unit's duty numbers in the order they are dialled; the first is the main line. */
  readonly lines: readonly DutyLine[]
  /** In the order of dialling. Calls to people (`leader`, `officer`) prove nothing about the duty room and are passed over. */
  readonly attempts: readonly CallAttempt[]
  readonly callBack: CallBack | null
}

/** What the protocol asks for next. `notBeforeMs`: milliseconds since the inspection began. */
export type NextCallStep =
  | { readonly kind: 'dial'; readonly line: DutyLine; readonly attempt: number; readonly notBeforeMs: number }
  | { readonly kind: 'await_call_back'; readonly untilMs: number }
  | { readonly kind: 'conclude'; readonly verdict: CallVerdict }

interface Course extends CallCourse {
  readonly onDuty: readonly CallAttempt[]
  readonly main: DutyLine
}

function endOf({ dialledMs, ringMs }: CallAttempt): number {
  return dialledMs + ringMs
}

/** Whether it was answered after more rings, or seconds, than the regulation allows; the limit itself is in time. */
export function isAnsweredLate({ outcome, ringMs, rings }: CallAttempt, settings: PhoneSettings): boolean {
  if (!isConnected(outcome)) return false
  return rings === null ? ringMs > settings.maxSeconds * MS_PER_SECOND : rings > settings.maxRings
}

/** A call back counts when it came in the window, unless it was seen to come from another number. */
function isReachedByCallBack({ callBack, settings }: Course): boolean {
  if (callBack === null || callBack.cameMs === null || callBack.isFromDutyLine === false) return false
  return callBack.cameMs - callBack.askedMs <= settings.callBackSeconds * MS_PER_SECOND
}

/** What of the attempts speaks for itself at once: reaching somebody ends the calls. */
function verdictAtOnce(course: Course): CallVerdict | null {
  const last = course.onDuty.at(-1)
  if (isReachedByCallBack(course)) return { kind: 'reached', isLate: true }
  switch (last?.outcome) {
    case 'right_person':
      return { kind: 'reached', isLate: course.onDuty.length > 1 || isAnsweredLate(last, course.settings) }
    case 'not_on_roster':
      return { kind: 'fault', finding: 'not_as_rostered' }
    default:
      return null
  }
}

function verdictAtLast({ main, onDuty }: Course): CallVerdict {
  const outcomes = onDuty.map(({ outcome }) => outcome)
  // A line in use proves that somebody uses it; a call cut off, that somebody is there.
  if (outcomes.some((outcome) => outcome === 'busy' || outcome === 'hung_up')) return { kind: 'inconclusive' }
  if (outcomes.includes('nobody_on_duty')) return { kind: 'fault', finding: 'absent' }
  const onMain = onDuty.filter(({ line }) => line === main).map(({ outcome }) => outcome)
  const isInvalid = onMain.every((outcome) => outcome === 'invalid' || outcome === 'wrong_office')
  return { kind: 'fault', finding: isInvalid ? 'invalid_number' : 'no_answer' }
}

/** The next number to dial; null = enough was dialled. */
function nextDial({ lines, main, onDuty, settings }: Course): Extract<NextCallStep, { kind: 'dial' }> | null {
  const onMain = onDuty.filter(({ line }) => line === main)
  const spacing = settings.spacingSeconds * MS_PER_SECOND
  if (onMain.length < settings.attempts) {
    const before = onMain.at(-1)
    const notBeforeMs = before === undefined ? 0 : endOf(before) + spacing
    return { kind: 'dial', line: main, attempt: onMain.length + 1, notBeforeMs }
  }
  if (!settings.alternateLine) return null
  const untried = lines.find((line) => line !== main && !onDuty.some((attempt) => attempt.line === line))
  if (untried === undefined) return null
  return { kind: 'dial', line: untried, attempt: 1, notBeforeMs: Math.max(...onDuty.map(endOf)) }
}

/**
 * What comes next in a telephone check. One attempt never proves absence: a fault of nobody being there is concluded only after
 * the attempts of the regulation, spaced, the alternate line where there is one, and the window for calling back.
 * `nowMs`: milliseconds since the inspection began. A unit without a number has nothing to dial: inconclusive.
 * Source: features 4.D.18 (docs/inspection.md); the figures are the regulation's.
 */
export function nextCallStep(course: CallCourse, nowMs: number): NextCallStep {
  const { callBack, lines, settings } = course
  const [main] = lines
  if (main === undefined) return { kind: 'conclude', verdict: { kind: 'inconclusive' } }
  const isDuty = (attempt: CallAttempt): boolean => (lines as readonly string[]).includes(attempt.line)
  const whole = { ...course, main, onDuty: course.attempts.filter(isDuty) }
  const atOnce = verdictAtOnce(whole)
  if (atOnce !== null) return { kind: 'conclude', verdict: atOnce }
  const dial = nextDial(whole)
  if (dial !== null) return dial
  const verdict = verdictAtLast(whole)
  if (verdict.kind === 'inconclusive' || settings.callBackSeconds === 0) return { kind: 'conclude', verdict }
  // Whoever was not reached may call back from the last attempt on, asked or not.
  const since = callBack?.askedMs ?? Math.max(...whole.onDuty.map(endOf))
  const untilMs = since + settings.callBackSeconds * MS_PER_SECOND
  if (nowMs < untilMs && callBack?.cameMs == null) return { kind: 'await_call_back', untilMs }
  return { kind: 'conclude', verdict }
}
