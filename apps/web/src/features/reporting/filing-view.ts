import type { DeskReport, FilingClockView, FilingRulesView, ReportDesk, ReportDocument } from '@zhidu/contract'
import {
  compareLevels,
  type FilingRules,
  type Level,
  listElementsGiven,
  type PreReportFact,
  type ReportFact,
  toLocalIso,
  viewFiling,
} from '@zhidu/domain'

const MILLIS = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant))

export function toReportFact(report: DeskReport, desk: Pick<ReportDesk, 'unitCode' | 'eventCode'>): ReportFact {
  return {
    ...report,
    eventCode: desk.eventCode ?? '',
    unitCode: desk.unitCode,
    occurredAt: Date.parse(report.occurredAt),
    learnedAt: Date.parse(report.learnedAt),
    phonedAt: MILLIS(report.phonedAt),
    writtenAt: MILLIS(report.writtenAt),
  }
}

function preReportOf({ eventCode, preReport, unitCode }: ReportDesk): PreReportFact | null {
  if (preReport === null) return null
  return { unitCode, eventCode: eventCode ?? '', sentAt: Date.parse(preReport.sentAt), reason: preReport.reason }
}

function toClock(clock: ReturnType<typeof viewFiling>['clocks'][number]): FilingClockView {
  return { ...clock, dueAt: toLocalIso(clock.dueAt), at: clock.at === null ? null : toLocalIso(clock.at) }
}

export interface FilingPreview {
  readonly clocks: readonly FilingClockView[]
  /** What the event will have given once this is sent. */
  readonly given: ReturnType<typeof viewFiling>['given']
  readonly missing: ReturnType<typeof viewFiling>['missing']
  /** From when on what is missing counts, once this is sent; null = not said by the rules. */
  readonly countsFrom: string | null
  /** Whether a first report sent this second is in time; null = it is no first report. */
  readonly isInTime: boolean | null
  readonly levels: ReturnType<typeof compareLevels>
}

/**
 * What the judge will say, by its own rules, before anything is sent. The level of an event is that of its first report; `document`: as it
 * would be sent at `now`, epoch ms. null = the rules know nothing of this class and level.
 */
export function previewFiling(desk: ReportDesk, document: ReportDocument, now: number): FilingPreview | null {
  const reports = desk.reports.map((report) => toReportFact(report, desk))
  const first = reports.find(({ stage, writtenAt }) => stage === 'first' && writtenAt !== null)
  const ofClass: Partial<Record<Level, FilingRulesView>> = desk.rules[first?.category ?? document.category]
  const rules: FilingRules | undefined = ofClass[first?.level ?? document.level]
  if (rules === undefined) return null
  const [occurredAt, learnedAt] = [Date.parse(document.occurredAt), Date.parse(document.learnedAt)]
  const clocksOf = first ?? { occurredAt, learnedAt }
  const { preReportSeconds } = desk
  const about = {
    rules,
    occurredAt: clocksOf.occurredAt,
    learnedAt: clocksOf.learnedAt,
    preReport: preReportOf(desk),
    preReportRule: preReportSeconds === null ? null : { clause: '', extendsSeconds: preReportSeconds },
    asOf: now,
  }
  const next = desk.next.find(({ stage }) => stage === document.stage)
  const told = reports.find(({ stage, sequence }) => stage === document.stage && sequence === (next?.sequence ?? 0))
  const sent: ReportFact = {
    eventCode: desk.eventCode ?? '',
    unitCode: desk.unitCode,
    stage: document.stage,
    sequence: next?.sequence ?? 0,
    category: document.category,
    level: document.level,
    occurredAt,
    learnedAt,
    phonedAt: told?.phonedAt ?? MILLIS(document.phonedAt),
    writtenAt: now,
    elements: listElementsGiven(document),
  }
  const others = reports.filter(({ sequence, stage }) => stage !== sent.stage || sequence !== sent.sequence)
  const claimed = { ...sent, writtenAt: null, elements: [] }
  const before = viewFiling({ ...about, reports: document.stage === 'first' ? [...others, claimed] : reports })
  const after = viewFiling({ ...about, reports: [...others, sent] })
  const elements = after.clocks.find(({ kind }) => kind === 'elements')
  const written = after.clocks.find(({ kind }) => kind === 'written')
  return {
    clocks: before.clocks.map(toClock),
    given: after.given,
    missing: after.missing,
    countsFrom: elements === undefined ? null : toLocalIso(elements.dueAt),
    isInTime: document.stage === 'first' ? written?.outcome === 'on_time' : null,
    levels: compareLevels(ofClass, clocksOf),
  }
}
