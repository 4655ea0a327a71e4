import type { EventJudgement } from '@zhidu/contract'
import { ELEMENTS, type Element, type Level, localDateOf, SECOND_MS } from '@zhidu/domain'
import { needsSeconds } from './timeline-model.ts'

/** What the sentences are made with; in the reader's language. */
export interface TimelineWords {
  t(key: string, params?: Record<string, unknown>): string
  /** Clock time; with the date where the reader could mistake the day. */
  instant(at: number, options: { readonly hasDate: boolean; readonly hasSeconds: boolean }): string
  /** 2 小时 17 分 */
  span(seconds: number): string
  /** 1.0 */
  points(points: number): string
  level(level: Level): string
  elements(elements: readonly Element[]): string
  list(items: readonly string[]): string
}

export interface TimelineSentence {
  readonly kind: 'standing' | 'written' | 'phone' | 'slots' | 'elements' | 'absorbed' | 'level'
  readonly text: string
  /** True for what cost points or would have. */
  readonly isFault: boolean
}

/** What one started hour, one missing element and one missed slot cost, in points, before the most of one event. */
export interface FaultRates {
  readonly startedHour: number
  readonly element: number
  readonly slot: number
}

type Deductions = EventJudgement['deductions']

/** Missed slots named in a sentence; the others are counted. */
const NAMED_SLOTS = 4
const HOUR_SECONDS = 3600

/**
 * The judgement written out, one sentence an obligation, with every subtraction. `asOf`: epoch ms; `rates` null = the rules
 * are not known here, then no cap is explained.
 */
export function buildTimelineSentences(
  judgement: EventJudgement,
  asOf: number,
  words: TimelineWords,
  rates: FaultRates | null,
): TimelineSentence[] {
  const { t } = words
  const sentences: TimelineSentence[] = []
  if (judgement.standing === 'unit_closed') {
    sentences.push({ kind: 'standing', text: t('timeline.sentence.unitClosed'), isFault: false })
  }
  if (judgement.standing === 'not_yet_known') {
    sentences.push({ kind: 'standing', text: t('timeline.sentence.notYetKnown'), isFault: false })
    return sentences
  }
  sentences.push(writtenSentence(judgement, asOf, words, rates))
  if (judgement.phone !== null) sentences.push(phoneSentence(judgement, judgement.phone, words))
  if (judgement.slots.length > 0) sentences.push(slotsSentence(judgement, words, rates))
  sentences.push(elementsSentence(judgement, words, rates))
  if (judgement.absorbedBy.length > 0) {
    const codes = words.list(judgement.absorbedBy)
    sentences.push({ kind: 'absorbed', text: t('timeline.sentence.absorbed', { codes }), isFault: false })
  }
  if (judgement.levelChanged) {
    const text = t('timeline.sentence.levelChanged', { level: words.level(judgement.level) })
    sentences.push({ kind: 'level', text, isFault: false })
  }
  return sentences
}

function pointsOf(judgement: EventJudgement, codes: readonly Deductions[number]['code'][]): number | null {
  if (judgement.absorbedBy.length > 0) return null
  const matching = judgement.deductions.filter((deduction) => codes.includes(deduction.code))
  return matching.length === 0 ? null : matching.reduce((sum, deduction) => sum + deduction.points, 0)
}

/** Picks the sentence that names the points, or its twin without them where nothing was deducted. */
function faultText(
  words: TimelineWords,
  key: string,
  points: number | null,
  params: Record<string, unknown>,
  uncapped: number | null = null,
): string {
  if (points === null) return words.t(`timeline.sentence.${key}Free`, params)
  const isCapped = uncapped !== null && uncapped > points
  const most = isCapped ? words.t('timeline.sentence.most', { points: words.points(points) }) : ''
  return words.t(`timeline.sentence.${key}`, { ...params, points: words.points(points), most })
}

/** Words for instants that stand in one subtraction: all with seconds or none, with dates once the day changes. */
function instantsOf(words: TimelineWords, instants: readonly number[]): (at: number) => string {
  const hasSeconds = needsSeconds(instants)
  const hasDate = new Set(instants.map(localDateOf)).size > 1
  return (at) => words.instant(at, { hasDate, hasSeconds })
}

function writtenSentence(
  judgement: EventJudgement,
  asOf: number,
  words: TimelineWords,
  rates: FaultRates | null,
): TimelineSentence {
  const { written } = judgement
  const from = Date.parse(judgement.clock.at)
  const due = Date.parse(written.dueAt)
  const limit = words.span(written.limitMinutes * 60)
  if (written.at !== null) {
    const at = Date.parse(written.at)
    const say = instantsOf(words, [from, at])
    const params = { at: say(at), from: say(from), elapsed: words.span((at - from) / SECOND_MS), limit }
    if (written.outcome !== 'late') {
      return { kind: 'written', text: words.t('timeline.sentence.writtenOnTime', params), isFault: false }
    }
    const points = pointsOf(judgement, ['written_late'])
    const late = words.span(written.lateSeconds ?? 0)
    const uncapped = rates === null ? null : (written.startedHours ?? 0) * rates.startedHour
    const counting = countingWords(written, words)
    const text = faultText(words, 'writtenLate', points, { ...params, late, counting }, uncapped)
    return { kind: 'written', text, isFault: true }
  }
  const say = instantsOf(words, [from, due])
  const params = { from: say(from), due: say(due), limit }
  if (written.outcome === 'not_yet_due') {
    const left = words.span(wholeMinutes(Math.max(0, due - asOf)))
    return { kind: 'written', text: words.t('timeline.sentence.writtenNotYetDue', { ...params, left }), isFault: false }
  }
  const text = faultText(words, 'writtenMissing', pointsOf(judgement, ['written_missing']), {
    ...params,
    asOf: words.instant(asOf, { hasDate: true, hasSeconds: false }),
    late: words.span(wholeMinutes(asOf - due)),
  })
  return { kind: 'written', text, isFault: true }
}

/** Seconds of a span (ms) that is still running: cut to minutes, because its seconds say nothing. */
export function wholeMinutes(span: number): number {
  const seconds = Math.floor(span / SECOND_MS)
  return seconds < 60 ? seconds : seconds - (seconds % 60)
}

function countingWords(written: EventJudgement['written'], words: TimelineWords): string {
  const n = written.startedHours ?? 0
  if ((written.lateSeconds ?? 0) % HOUR_SECONDS === 0) return words.t('timeline.sentence.exactHours', { n })
  return n === 1 ? words.t('timeline.sentence.startedOne') : words.t('timeline.sentence.startedMany', { n })
}

function phoneSentence(
  judgement: EventJudgement,
  phone: NonNullable<EventJudgement['phone']>,
  words: TimelineWords,
): TimelineSentence {
  const from = Date.parse(judgement.clock.at)
  const due = Date.parse(phone.dueAt)
  const limit = words.span(phone.limitMinutes * 60)
  const points = pointsOf(judgement, ['phone_late', 'phone_missing'])
  if (phone.metByWritten) {
    return { kind: 'phone', text: words.t('timeline.sentence.phoneMetByWritten', { limit }), isFault: false }
  }
  if (phone.at === null) {
    const say = instantsOf(words, [from, due])
    const params = { from: say(from), due: say(due), limit }
    return phone.outcome === 'not_yet_due'
      ? { kind: 'phone', text: words.t('timeline.sentence.phoneNotYetDue', params), isFault: false }
      : { kind: 'phone', text: faultText(words, 'phoneMissing', points, params), isFault: true }
  }
  const at = Date.parse(phone.at)
  const say = instantsOf(words, [from, at])
  const params = { at: say(at), from: say(from), elapsed: words.span((at - from) / SECOND_MS), limit }
  if (phone.outcome !== 'late') {
    return { kind: 'phone', text: words.t('timeline.sentence.phoneOnTime', params), isFault: false }
  }
  const late = words.span(phone.lateSeconds ?? 0)
  return { kind: 'phone', text: faultText(words, 'phoneLate', points, { ...params, late }), isFault: true }
}

function slotsSentence(judgement: EventJudgement, words: TimelineWords, rates: FaultRates | null): TimelineSentence {
  const total = judgement.slots.length
  const missed = judgement.slots.filter((slot) => slot.metBy === null)
  if (missed.length === 0) {
    return { kind: 'slots', text: words.t('timeline.sentence.slotsMet', { total }), isFault: false }
  }
  const named = missed
    .slice(0, NAMED_SLOTS)
    .map((slot) => words.instant(Date.parse(slot.at), { hasDate: true, hasSeconds: false }))
  const more = missed.length - named.length
  const list = words.list(more > 0 ? [...named, words.t('timeline.sentence.slotsMore', { n: more })] : named)
  const uncapped = rates === null ? null : missed.length * rates.slot
  const params = { total, missed: missed.length, list }
  const text = faultText(words, 'slotsMissed', pointsOf(judgement, ['follow_up_missed']), params, uncapped)
  return { kind: 'slots', text, isFault: true }
}

function elementsSentence(judgement: EventJudgement, words: TimelineWords, rates: FaultRates | null): TimelineSentence {
  const { completeness, written } = judgement
  const whole = ELEMENTS.length
  const uncapped = rates === null ? null : completeness.missing.length * rates.element
  const points = pointsOf(judgement, ['element_missing'])
  if (written.outcome === 'missing') {
    return { kind: 'elements', text: faultText(words, 'elementsNone', points, { whole }), isFault: true }
  }
  const judgedAt = completeness.judgedAt === null ? null : Date.parse(completeness.judgedAt)
  const at = judgedAt === null ? '—' : words.instant(judgedAt, { hasDate: true, hasSeconds: needsSeconds([judgedAt]) })
  const params = { at, given: completeness.given.length, whole, list: words.elements(completeness.missing) }
  if (!completeness.isJudged) {
    const key = judgedAt === null ? 'elementsNotStarted' : 'elementsWaiting'
    return { kind: 'elements', text: words.t(`timeline.sentence.${key}`, params), isFault: false }
  }
  return completeness.missing.length === 0
    ? { kind: 'elements', text: words.t('timeline.sentence.elementsFull', params), isFault: false }
    : { kind: 'elements', text: faultText(words, 'elementsMissing', points, params, uncapped), isFault: true }
}
