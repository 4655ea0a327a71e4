import {
  type CallCourse,
  type CallVerdict,
  type DutyLine,
  dutyLinesOf,
  type Finding,
  type ForwardingVerdict,
  type InspectionJudgement,
  type ItemAnswer,
  judgeInspection,
  localDateOf,
  type NextCallStep,
  nextCallStep,
} from '@zhidu/domain'
import type { Checklist, SheetBasis, SheetCourse } from './sheet.ts'

/** A telephone in China rings for one second and is silent for four. */
const RING_MS = 5_000
const ROOM_CODE_MS = 300_000

/** Which ring it is after so long; the first begins at once. */
export function ringAt(ms: number): number {
  return Math.floor(Math.max(0, ms) / RING_MS) + 1
}

export function listItems({ checklist, unit }: Pick<SheetBasis, 'checklist' | 'unit'>): Checklist['items'] {
  return checklist.items.filter(({ dutyModes }) => dutyModes === null || dutyModes.includes(unit.dutyMode))
}

/** The unit's duty numbers in the order they are dialled. */
export function dutyLines({ unit }: Pick<SheetBasis, 'unit'>): readonly DutyLine[] {
  return dutyLinesOf({ dutyMode: unit.dutyMode, lines: unit.lines.map(({ line }) => line) }, [])
}

export function numberOf({ unit }: Pick<SheetBasis, 'unit'>, line: string): string | null {
  return unit.lines.find((one) => one.line === line)?.number ?? null
}

function callCourse(basis: SheetBasis, course: SheetCourse): CallCourse {
  return { settings: basis.settings, lines: dutyLines(basis), attempts: course.attempts, callBack: course.callBack }
}

export function stepOf(basis: SheetBasis, course: SheetCourse, nowMs: number): NextCallStep {
  return nextCallStep(callCourse(basis, course), nowMs)
}

/** How long it has gone on, ms, and when it began, epoch ms. */
export interface CheckTime {
  readonly elapsedMs: number
  readonly startAt: number
}

/** What the server will make of it: the same function, by the same facts. */
export function judgeSheet(basis: SheetBasis, course: SheetCourse, time: CheckTime): InspectionJudgement {
  const { checklist, method, settings, unit } = basis
  const today = localDateOf(time.startAt)
  const { leaders, officers } = onDutyAt(basis, time.startAt)
  const met = course.metPerson.trim()
  return judgeInspection({
    method,
    settings,
    attempts: course.attempts,
    callBack: course.callBack,
    signals: course.signals,
    answers: givenAnswers(basis, course),
    checklist,
    elapsedMs: time.elapsedMs,
    unit: {
      dutyMode: unit.dutyMode,
      isRegistered: unit.lines.some(({ forwardingUntil }) => forwardingUntil !== null && forwardingUntil >= today),
      lines: unit.lines.map(({ line }) => line),
      rostered: [...leaders, ...officers].map(({ person }) => person),
    },
    metPerson: met === '' ? null : met,
  })
}

/** What the calls prove so far; null = the protocol does not allow a verdict yet. */
export function verdictOf(basis: SheetBasis, course: SheetCourse, time: CheckTime): CallVerdict | null {
  return judgeSheet(basis, course, time).verdict
}

export function forwardingOf(basis: SheetBasis, course: SheetCourse, time: CheckTime): ForwardingVerdict {
  return judgeSheet(basis, course, time).forwarding
}

export function givenAnswers(
  basis: SheetBasis,
  { answers }: SheetCourse,
): { readonly item: string; readonly answer: ItemAnswer }[] {
  return listItems(basis).flatMap(({ key }) => {
    const answer = answers[key]?.answer ?? null
    return answer === null ? [] : [{ item: key, answer }]
  })
}

export function missingCount(basis: SheetBasis, course: SheetCourse): number {
  return listItems(basis).length - givenAnswers(basis, course).length
}

/** Statements that were found not to be right, in the order of the list. */
export function listFaults(basis: SheetBasis, course: SheetCourse): readonly string[] {
  return listItems(basis)
    .filter(({ key }) => course.answers[key]?.answer === 'no')
    .map(({ text }) => text)
}

/** What will be for somebody to decide, in the order of the contract. */
export function listFindings(basis: SheetBasis, course: SheetCourse, time: CheckTime): readonly Finding[] {
  return judgeSheet(basis, course, time).findings.map(({ finding }) => finding)
}

/** What the duty room's own screen shows at this moment of the server's clock; null = no code, or the kit's have run out. */
export function roomCodeAt({ codesFrom, unit }: Pick<SheetBasis, 'codesFrom' | 'unit'>, at: number): string | null {
  const slot = Math.floor((at - Date.parse(codesFrom)) / ROOM_CODE_MS)
  return unit.roomCodes[slot] ?? null
}

/** Whom the unit said would be there at this moment; the first of each post. */
export function onDutyAt({ unit }: Pick<SheetBasis, 'unit'>, at: number) {
  const present = unit.roster.filter(({ endsAt, startsAt }) => Date.parse(startsAt) <= at && at < Date.parse(endsAt))
  return {
    leaders: present.filter(({ role }) => role === 'leader'),
    officers: present.filter(({ role }) => role === 'officer'),
  }
}
