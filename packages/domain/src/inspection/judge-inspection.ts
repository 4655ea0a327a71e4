import { type CheckMethod, type DutyMode, type Finding, FINDINGS } from '../facts/facts.ts'
import { type CallAttempt, type CallBack, type CallVerdict, DUTY_LINES, type DutyLine } from './call.ts'
import { type Checklist, findingsOfAnswers, type ItemAnswer } from './checklist.ts'
import { type ForwardingVerdict, type SignalRecord, weighForwarding } from './forwarding.ts'
import { nextCallStep } from './phone-protocol.ts'
import type { PhoneSettings } from './phone-settings.ts'

/** What an inspector brought home, and what was known of the unit at that second. */
export interface InspectionCourse {
  readonly method: CheckMethod
  readonly settings: PhoneSettings
  readonly attempts: readonly CallAttempt[]
  readonly callBack: CallBack | null
  readonly signals: readonly SignalRecord[]
  readonly answers: readonly { readonly item: string; readonly answer: ItemAnswer }[]
  readonly checklist: Pick<Checklist, 'items'>
  readonly elapsedMs: number
  readonly unit: {
    readonly dutyMode: DutyMode
    /** Forwarding is registered on that day. */
    readonly isRegistered: boolean
    /** Duty numbers on record; empty = none is, then those that were dialled count. */
    readonly lines: readonly DutyLine[]
    /** Names on the roster as it was known at that second. */
    readonly rostered: readonly string[]
  }
  /** Who answered or was there, as they said; null = not said. */
  readonly metPerson: string | null
}

/** Why a fault that was put down is none: too few calls prove nothing, they were on the roster, forwarding was registered. */
export const UNPROVEN_REASONS = ['protocol', 'on_roster', 'exempt'] as const
export type UnprovenReason = (typeof UNPROVEN_REASONS)[number]

export interface InspectionJudgement {
  /** `inconclusive`: nothing is proved either way, and it counts nowhere. */
  readonly result: 'findings' | 'passed' | 'inconclusive'
  /** Each once, in the order of `FINDINGS`. */
  readonly findings: readonly {
    readonly finding: Finding
    readonly items: readonly string[]
    readonly isSuspected: boolean
  }[]
  readonly unproven: readonly { readonly finding: Finding; readonly reason: UnprovenReason }[]
  /** Null = no telephone check, or one that was broken off. */
  readonly verdict: CallVerdict | null
  readonly forwarding: ForwardingVerdict
}

/** What only the calls themselves prove. */
const BY_CALLS: ReadonlySet<Finding> = new Set(['absent', 'no_answer', 'invalid_number'])

const MOBILE_FIRST: readonly DutyLine[] = ['duty_mobile', 'duty_room', 'alternate']

/** The numbers that the protocol goes by, in the order they are dialled: of a unit without a duty room its mobile comes first. */
export function dutyLinesOf(
  { dutyMode, lines }: Pick<InspectionCourse['unit'], 'dutyMode' | 'lines'>,
  attempts: readonly Pick<CallAttempt, 'line'>[],
): DutyLine[] {
  const known = new Set<string>(lines.length > 0 ? lines : attempts.map(({ line }) => line))
  const order = dutyMode === 'phone' ? MOBILE_FIRST : DUTY_LINES
  return order.filter((line) => known.has(line))
}

function verdictOf(course: InspectionCourse): CallVerdict | null {
  const { attempts, callBack, elapsedMs, method, settings, unit } = course
  if (method !== 'phone') return null
  const step = nextCallStep({ settings, attempts, callBack, lines: dutyLinesOf(unit, attempts) }, elapsedMs)
  return step.kind === 'conclude' ? step.verdict : null
}

/** Why a finding of the answers does not stand; null = it does. */
function objectionTo(finding: Finding, course: InspectionCourse, forwarding: ForwardingVerdict): UnprovenReason | null {
  const { metPerson, method, unit } = course
  if (method === 'phone' && BY_CALLS.has(finding)) return 'protocol'
  if (finding === 'call_forwarded' && forwarding.exempt !== null) return 'exempt'
  if (finding === 'not_as_rostered' && metPerson !== null && unit.rostered.includes(metPerson)) return 'on_roster'
  return null
}

function resultOf(course: InspectionCourse, verdict: CallVerdict | null, count: number): InspectionJudgement['result'] {
  if (count > 0) return 'findings'
  const isSeen = course.method === 'phone' ? verdict?.kind === 'reached' : course.answers.length > 0
  return isSeen ? 'passed' : 'inconclusive'
}

/**
 * What a check found: by the calls alone whether anybody was there, by the answers the rest, each against what was known at that
 * second. A suspicion of forwarding comes of its signals. Source: docs/inspection.md
 */
export function judgeInspection(course: InspectionCourse): InspectionJudgement {
  const { answers, checklist, signals, unit } = course
  const verdict = verdictOf(course)
  const forwarding = weighForwarding(signals, unit)
  const asked = checklist.items.filter(({ dutyModes }) => dutyModes === null || dutyModes.includes(unit.dutyMode))
  const items = new Map<Finding, readonly string[]>()
  const unproven: { finding: Finding; reason: UnprovenReason }[] = []
  const called = verdict?.kind === 'fault' ? [{ finding: verdict.finding, items: [] }] : []
  for (const found of [...findingsOfAnswers({ items: asked }, answers), ...called]) {
    const isCalled = verdict?.kind === 'fault' && verdict.finding === found.finding
    const reason = isCalled && BY_CALLS.has(found.finding) ? null : objectionTo(found.finding, course, forwarding)
    const known = items.get(found.finding) ?? []
    if (reason === null) items.set(found.finding, [...known, ...found.items])
    else if (!unproven.some((one) => one.finding === found.finding)) unproven.push({ finding: found.finding, reason })
  }
  const findings = FINDINGS.flatMap((finding) => {
    const found = items.get(finding)
    const isSuspected = finding === 'call_forwarded' && found === undefined && forwarding.isSuspected
    return found === undefined && !isSuspected ? [] : [{ finding, items: found ?? [], isSuspected }]
  })
  return { result: resultOf(course, verdict, findings.length), findings, unproven, verdict, forwarding }
}
