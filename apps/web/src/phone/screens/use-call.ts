import { type CallOutcome, type DutyLine, type NextCallStep } from '@zhidu/domain'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useSheet } from '../core/use-sheet.ts'
import { endCall } from '../sheet/acts.ts'
import { dutyLines, numberOf, ringAt, stepOf } from '../sheet/reading.ts'
import { nthWord } from '../sheet/read-back.ts'
import type { SheetCourse } from '../sheet/sheet.ts'

/** mm:ss of so many ms, upwards: a wait is over when it says nothing more. */
export function toClock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

export interface StripStep {
  readonly key: string
  readonly label: string
  readonly note: string
  readonly state: 'done' | 'now' | 'ahead'
}

/** What the telephone screen shows of the protocol; every figure is the regulation's. */
export function useCall() {
  const { t } = useI18n()
  const { course, elapsed, sheet } = useSheet()
  const { basis } = sheet.value
  const { settings } = basis
  const lines = dutyLines(basis)

  const step = computed(() => stepOf(basis, course.value, elapsed.value))
  const ringMs = computed(() => {
    const { dialling } = course.value
    return dialling === null ? 0 : Math.max(0, elapsed.value - dialling.dialledMs)
  })
  const rings = computed(() => course.value.ringsTold ?? ringAt(ringMs.value))
  const waitMs = computed(() => {
    const next = step.value
    if (next.kind === 'await_call_back') return next.untilMs - elapsed.value
    return next.kind === 'dial' ? Math.max(0, next.notBeforeMs - elapsed.value) : 0
  })

  function nameOf(line: string, attempt: number): string {
    return line === lines[0] ? t('phone.call.nth', { nth: nthWord(t, attempt) }) : t(`phone.line.${line}`)
  }

  function wordsOf(next: NextCallStep, atMs: number): string {
    if (next.kind === 'await_call_back') return t('phone.call.thenCallBack')
    if (next.kind === 'conclude') return t('phone.call.thenVerdict')
    if (next.line !== lines[0]) return t('phone.call.thenLine', { line: t(`phone.line.${next.line}`) })
    const pause = next.notBeforeMs - atMs
    return pause > 0 ? t('phone.call.thenAgain', { wait: toClock(pause) }) : t('phone.call.thenNow')
  }

  /** What the protocol would ask for after this outcome, so that nobody takes a verdict for nearer than it is. */
  function noteAfter(outcome: CallOutcome): string {
    const after: SheetCourse = { ...endCall(basis, course.value, outcome, elapsed.value), stage: 'call' }
    return wordsOf(stepOf(basis, after, elapsed.value), elapsed.value)
  }

  /** Fewer rings prove nothing: rings that are still to be waited for; 0 = it may be given up. */
  const patienceLeft = computed(() => Math.max(0, settings.giveUpRings - rings.value))

  function attemptsOn(line: string) {
    return course.value.attempts.filter((attempt) => attempt.line === line)
  }

  function toStrip(line: DutyLine, attempt: number): StripStep {
    const { dialling } = course.value
    const made = attemptsOn(line)
    const past = made[attempt - 1]
    const label = nameOf(line, attempt)
    const key = `${line} ${attempt}`
    if (past !== undefined) return { key, label, note: t(`phone.outcomeShort.${past.outcome}`), state: 'done' }
    if (dialling?.line === line && made.length === attempt - 1) {
      return { key, label, note: t('phone.call.running'), state: 'now' }
    }
    const next = step.value
    if (dialling === null && next.kind === 'dial' && next.line === line && next.attempt === attempt) {
      return { key, label, note: waitMs.value > 0 ? toClock(waitMs.value) : '', state: 'now' }
    }
    return { key, label, note: '', state: 'ahead' }
  }

  /** The way to a verdict: attempts on the main line, the other lines, the verdict. */
  const strip = computed((): readonly StripStep[] => {
    const [main, ...others] = lines
    if (main === undefined) return []
    const onMain = Math.max(settings.attempts, attemptsOn(main).length)
    const first = Array.from({ length: onMain }, (_, index) => toStrip(main, index + 1))
    const rest = settings.alternateLine ? others.map((line) => toStrip(line, 1)) : []
    const next = step.value
    const isLast = next.kind !== 'dial'
    const note = next.kind === 'await_call_back' ? toClock(waitMs.value) : ''
    return [
      ...first,
      ...rest,
      { key: 'verdict', label: t('phone.call.verdict'), note, state: isLast ? 'now' : 'ahead' },
    ]
  })

  const nextLine = computed(() => (step.value.kind === 'dial' ? step.value.line : null))
  const shownLine = computed(() => course.value.dialling?.line ?? nextLine.value ?? lines[0] ?? null)
  const shownNumber = computed(() => (shownLine.value === null ? null : numberOf(basis, shownLine.value)))

  return {
    basis,
    settings,
    lines,
    step,
    ringMs,
    rings,
    waitMs,
    nameOf,
    noteAfter,
    patienceLeft,
    strip,
    nextLine,
    shownLine,
    shownNumber,
  }
}
