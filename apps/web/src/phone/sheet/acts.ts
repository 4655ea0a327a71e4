import type { CallLine, CallOutcome, DeviceMoment, ItemAnswer, SignalRecord } from '@zhidu/domain'
import type { EvidenceFile, InspectionLocation, SheetAnswer, SheetBasis, SheetCourse } from './sheet.ts'
import { listItems, stepOf } from './reading.ts'

const NO_ANSWER: SheetAnswer = { answer: null, note: '', files: [] }

export function answerOf(course: SheetCourse, item: string): SheetAnswer {
  return course.answers[item] ?? NO_ANSWER
}

export function dial(
  course: SheetCourse,
  call: { readonly line: CallLine; readonly number: string | null; readonly atMs: number; readonly now: DeviceMoment },
): SheetCourse {
  const { atMs, line, now, number } = call
  return { ...course, start: course.start ?? now, dialling: { line, number, dialledMs: atMs }, ringsTold: null }
}

/** A finished call. Where the protocol has enough with it, the next screen is the one for that. */
export function endCall(basis: SheetBasis, course: SheetCourse, outcome: CallOutcome, atMs: number): SheetCourse {
  const { dialling, ringsTold } = course
  if (dialling === null) return course
  const ringMs = Math.max(0, atMs - dialling.dialledMs)
  const attempt = { ...dialling, ringMs, rings: ringsTold, outcome }
  return moveOn(basis, { ...course, attempts: [...course.attempts, attempt], dialling: null, ringsTold: null }, atMs)
}

/** Somebody answered, and it is to be seen whether at the duty room's own telephone. */
export function suspectForwarding(basis: SheetBasis, course: SheetCourse, atMs: number): SheetCourse {
  const next = endCall(basis, course, 'right_person', atMs)
  return next === course ? course : { ...next, stage: 'signals' }
}

function moveOn(basis: SheetBasis, course: SheetCourse, atMs: number): SheetCourse {
  const step = stepOf(basis, course, atMs)
  if (step.kind !== 'conclude') return course
  const { verdict } = step
  if (verdict.kind === 'reached') return { ...course, stage: 'items' }
  if (verdict.kind === 'fault' && verdict.finding === 'not_as_rostered') {
    return { ...answerFinding(basis, course, 'not_as_rostered'), stage: 'items' }
  }
  return { ...course, stage: 'read_back', opinion: 'nobody' }
}

/** Whoever answered is not on the roster: the question for it is answered. */
function answerFinding(basis: SheetBasis, course: SheetCourse, finding: string): SheetCourse {
  const item = listItems(basis).find((one) => one.finding === finding)
  return item === undefined ? course : setAnswer(course, item.key, { answer: 'no' })
}

/** The window for calling back has passed: what the calls prove is read back. */
export function conclude(basis: SheetBasis, course: SheetCourse, atMs: number): SheetCourse {
  return moveOn(basis, course, atMs)
}

export function tellRings(course: SheetCourse, rings: number): SheetCourse {
  return { ...course, ringsTold: Math.max(1, rings) }
}

export function askCallBack(course: SheetCourse, atMs: number): SheetCourse {
  return { ...course, callBack: { askedMs: atMs, cameMs: null, isFromDutyLine: null } }
}

export function takeCallBack(
  basis: SheetBasis,
  course: SheetCourse,
  came: { readonly isFromDutyLine: boolean | null; readonly atMs: number },
): SheetCourse {
  const last = course.attempts.at(-1)
  const askedMs = course.callBack?.askedMs ?? (last === undefined ? came.atMs : last.dialledMs + last.ringMs)
  const callBack = { askedMs, cameMs: came.atMs, isFromDutyLine: came.isFromDutyLine }
  return moveOn(basis, { ...course, callBack }, came.atMs)
}

/** The last reading of a signal counts. */
export function readSignal(course: SheetCourse, { note, reading, signal }: SignalRecord): SheetCourse {
  const others = course.signals.filter((one) => one.signal !== signal)
  return { ...course, signals: [...others, { signal, reading, note }] }
}

export function setAnswer(course: SheetCourse, item: string, change: Partial<SheetAnswer>): SheetCourse {
  return { ...course, answers: { ...course.answers, [item]: { ...answerOf(course, item), ...change } } }
}

/** What was not said to be wrong is right: one tap for the questions that are left. */
export function answerRest(basis: SheetBasis, course: SheetCourse, answer: ItemAnswer = 'yes'): SheetCourse {
  return listItems(basis)
    .filter(({ key }) => answerOf(course, key).answer === null)
    .reduce((next, { key }) => setAnswer(next, key, { answer }), course)
}

/** `item` null = of the whole check. */
export function addFile(course: SheetCourse, file: EvidenceFile, item: string | null): SheetCourse {
  const next = { ...course, files: [...course.files, file] }
  return item === null ? next : setAnswer(next, item, { files: [...answerOf(next, item).files, file.sha256] })
}

export function dropFile(course: SheetCourse, sha256: string): SheetCourse {
  const answers = Object.entries(course.answers).map(([key, answer]) => [
    key,
    { ...answer, files: answer.files.filter((hash) => hash !== sha256) },
  ])
  return {
    ...course,
    answers: Object.fromEntries(answers),
    files: course.files.filter((file) => file.sha256 !== sha256),
  }
}

export function arrive(
  course: SheetCourse,
  at: { readonly now: DeviceMoment; readonly mayLocate: boolean; readonly place: InspectionLocation },
): SheetCourse {
  return {
    ...course,
    start: course.start ?? at.now,
    mayLocate: at.mayLocate,
    startPlace: at.place,
    stage: 'items',
  }
}
