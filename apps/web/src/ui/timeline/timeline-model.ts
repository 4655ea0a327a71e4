import type { EventJudgement, EventReport, StageKey } from '@zhidu/contract'
import { HOUR_MS, MINUTE_MS, selectJudgedRow } from '@zhidu/domain'
import type { z } from 'zod'

type Report = z.infer<typeof EventReport>
export type Stage = z.infer<typeof StageKey>

export type MarkKind = 'occurred' | 'learned' | 'phone_limit' | 'phoned' | 'written_limit' | 'written' | 'as_of'
export type MarkTone = 'fact' | 'clock' | 'limit' | 'late' | 'now'

/** Where an instant was read: a report, the rules, or the clock of this page. */
export type MarkSource =
  | { readonly kind: 'report'; readonly stage: Stage; readonly sequence: number }
  | { readonly kind: 'rule' }
  | { readonly kind: 'as_of' }

/** One point of the axis; several things that happened at the same second share it. */
export interface TimelineMark {
  readonly at: number
  readonly kinds: readonly MarkKind[]
  readonly tone: MarkTone
  readonly sources: readonly MarkSource[]
}

export interface TimelineBar {
  readonly kind: 'written' | 'phone'
  readonly from: number
  readonly dueAt: number
  /** End of the overrun: the late report, or now when it is still missing; null = in time. */
  readonly overrunTo: number | null
  readonly isOpen: boolean
}

export interface FirstTimeline {
  readonly marks: readonly TimelineMark[]
  readonly bars: readonly TimelineBar[]
  readonly core: { readonly from: number; readonly to: number }
}

export interface LaterMark {
  readonly at: number
  readonly kind: 'slot_met' | 'slot_missed' | 'report' | 'judged' | 'final_limit'
  readonly stage: Stage | null
  readonly sequence: number
}

export interface LaterTimeline {
  readonly from: number
  readonly to: number
  readonly marks: readonly LaterMark[]
}

const TONE_ORDER: readonly MarkTone[] = ['late', 'clock', 'limit', 'fact', 'now']

function ms(instant: string): number {
  return Date.parse(instant)
}

/** The report the event is judged by (contract §5); undefined when there is none at all. */
export function judgedReport(judgement: EventJudgement): Report | undefined {
  const { reports, eventCode, unitCode, category } = judgement
  if (reports.length === 0) return undefined
  const facts = reports.map((report) => ({
    ...report,
    eventCode,
    unitCode,
    category,
    occurredAt: ms(report.occurredAt),
    learnedAt: ms(report.learnedAt),
    phonedAt: report.phonedAt === null ? null : ms(report.phonedAt),
    writtenAt: report.writtenAt === null ? null : ms(report.writtenAt),
  }))
  const judged = selectJudgedRow(facts)
  return reports.find((report) => report.stage === judged.stage && report.sequence === judged.sequence)
}

function sourceOf(report: Report | undefined): MarkSource {
  return report === undefined ? { kind: 'rule' } : { kind: 'report', stage: report.stage, sequence: report.sequence }
}

/** Points, windows and overruns up to the first report in writing. `asOf` is epoch ms. */
export function buildFirstTimeline(judgement: EventJudgement, asOf: number): FirstTimeline {
  const { written, phone, clock } = judgement
  const judged = judgedReport(judgement)
  const caller = judgement.reports.find((report) => phone?.at != null && report.phonedAt === phone.at)
  const first = judgement.reports.find((report) => report.stage === 'first')
  const points: TimelineMark[] = []
  const add = (kind: MarkKind, instant: string | null | undefined, tone: MarkTone, source: MarkSource): void => {
    if (instant != null) points.push({ at: ms(instant), kinds: [kind], tone, sources: [source] })
  }
  const startsAtOccurred = clock.startsAt === 'occurred_at'
  add('occurred', judgement.occurredAt, startsAtOccurred ? 'clock' : 'fact', sourceOf(judged))
  add('learned', judgement.learnedAt, startsAtOccurred ? 'fact' : 'clock', sourceOf(judged))
  if (phone !== null) {
    add('phone_limit', phone.dueAt, 'limit', { kind: 'rule' })
    add('phoned', phone.at, phone.outcome === 'late' ? 'late' : 'fact', sourceOf(caller))
  } else {
    const call = judgement.reports
      .filter((report) => report.phonedAt !== null && ms(report.phonedAt) <= asOf)
      .toSorted((a, b) => ms(a.phonedAt ?? '') - ms(b.phonedAt ?? ''))[0]
    if (call !== undefined) add('phoned', call.phonedAt, 'fact', sourceOf(call))
  }
  add('written_limit', written.dueAt, 'limit', { kind: 'rule' })
  add('written', written.at, written.outcome === 'late' ? 'late' : 'fact', sourceOf(first))
  const isWaiting = written.at === null
  if (isWaiting) points.push({ at: asOf, kinds: ['as_of'], tone: 'now', sources: [{ kind: 'as_of' }] })

  const start = ms(clock.at)
  const due = ms(written.dueAt)
  return {
    marks: mergeMarks(points),
    bars: [
      overrunBar('written', start, due, written, asOf),
      ...(phone === null ? [] : [overrunBar('phone', start, ms(phone.dueAt), phone, asOf)]),
    ],
    core: { from: start, to: due },
  }
}

function overrunBar(
  kind: TimelineBar['kind'],
  from: number,
  dueAt: number,
  done: { readonly at: string | null; readonly outcome: string },
  asOf: number,
): TimelineBar {
  if (done.outcome === 'late' && done.at !== null) {
    return { kind, from, dueAt, overrunTo: ms(done.at), isOpen: false }
  }
  return done.outcome === 'missing'
    ? { kind, from, dueAt, overrunTo: Math.max(asOf, dueAt), isOpen: true }
    : { kind, from, dueAt, overrunTo: null, isOpen: false }
}

/** In order of time; what shares a second shares a point, and takes the gravest tone and every source once. */
function mergeMarks(points: readonly TimelineMark[]): TimelineMark[] {
  const merged: TimelineMark[] = []
  for (const point of points.toSorted((a, b) => a.at - b.at)) {
    const mark = merged.at(-1)
    if (mark === undefined || mark.at !== point.at) {
      merged.push(point)
      continue
    }
    const tone = TONE_ORDER.indexOf(point.tone) < TONE_ORDER.indexOf(mark.tone) ? point.tone : mark.tone
    const added = point.sources.filter((source) => !mark.sources.some((known) => isSameSource(known, source)))
    merged[merged.length - 1] = {
      at: mark.at,
      kinds: [...mark.kinds, ...point.kinds],
      tone,
      sources: [...mark.sources, ...added],
    }
  }
  return merged
}

function isSameSource(a: MarkSource, b: MarkSource): boolean {
  if (a.kind === 'report' && b.kind === 'report') return a.stage === b.stage && a.sequence === b.sequence
  return a.kind === b.kind
}

/**
 * What came after the first report: slots, later reports, and the moment the elements were counted. null when there is no
 * first report in writing. `asOf` is epoch ms; `finalDueAt`: limit of the final report, ISO, null = none.
 */
export function buildLaterTimeline(
  judgement: EventJudgement,
  asOf: number,
  finalDueAt: string | null = null,
): LaterTimeline | null {
  if (judgement.written.at === null) return null
  const from = ms(judgement.written.at)
  const slots = judgement.slots.map((slot): LaterMark => ({
    at: ms(slot.at),
    kind: slot.metBy === null ? 'slot_missed' : 'slot_met',
    stage: null,
    sequence: 0,
  }))
  const reports = judgement.reports.flatMap((report): LaterMark[] =>
    report.stage === 'first' || report.writtenAt === null || ms(report.writtenAt) > asOf || ms(report.writtenAt) < from
      ? []
      : [{ at: ms(report.writtenAt), kind: 'report', stage: report.stage, sequence: report.sequence }],
  )
  const judged: LaterMark[] =
    judgement.completeness.judgedAt === null
      ? []
      : [{ at: ms(judgement.completeness.judgedAt), kind: 'judged', stage: null, sequence: 0 }]
  const final: LaterMark[] =
    finalDueAt === null ? [] : [{ at: ms(finalDueAt), kind: 'final_limit', stage: null, sequence: 0 }]
  const marks = [...slots, ...reports, ...judged, ...final].toSorted((a, b) => a.at - b.at)
  const last = marks.at(-1)
  return last === undefined ? null : { from, to: Math.max(last.at, from + HOUR_MS), marks }
}

/** True when any of the instants has seconds: then all of them are written with seconds, or the subtraction would lie. */
export function needsSeconds(instants: readonly number[]): boolean {
  return instants.some((at) => at % MINUTE_MS !== 0)
}
