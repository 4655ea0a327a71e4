import type { EventJudgement as EventJudgementView } from '@zhidu/contract'
import { type EventJudgement, type ReportFact, STAGES, toLocalIso } from '@zhidu/domain'
import { toLeagueDeduction, toPoints } from '../league/shape.ts'

const MINUTE_SECONDS = 60

function isoOrNull(at: number | null): string | null {
  return at === null ? null : toLocalIso(at)
}

/** First, follow-ups in their order, final. */
function compareReports(a: ReportFact, b: ReportFact): number {
  return STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || a.sequence - b.sequence
}

/**
 * An event as the screen draws it. `absorbedBy`: codes of the misreports that replace its deductions; it then costs
 * nothing under timeliness and completeness.
 */
export function toEventJudgement(
  judgement: EventJudgement,
  facts: { readonly unitName: string; readonly reports: readonly ReportFact[]; readonly absorbedBy: readonly string[] },
): EventJudgementView {
  const { clock, completeness, judged, phone, written } = judgement
  const lost = facts.absorbedBy.length > 0 ? 0 : judgement.deductions.reduce((sum, { points }) => sum + points, 0)
  return {
    eventCode: judgement.eventCode,
    unitCode: judgement.unitCode,
    unitName: facts.unitName,
    quarter: judgement.quarter,
    standing: judgement.standing,
    category: judged.category,
    level: judgement.level,
    levelChanged: judgement.levelChanged,
    occurredAt: toLocalIso(judged.occurredAt),
    learnedAt: toLocalIso(judged.learnedAt),
    clock: { startsAt: clock.startsAt, at: toLocalIso(clock.at), citation: clock.citation },
    written: {
      limitMinutes: written.limitSeconds / MINUTE_SECONDS,
      dueAt: toLocalIso(written.dueAt),
      at: isoOrNull(written.at),
      outcome: written.outcome,
      lateSeconds: written.lateSeconds,
      startedHours: written.startedHours,
    },
    phone:
      phone === null
        ? null
        : {
            limitMinutes: phone.limitSeconds / MINUTE_SECONDS,
            dueAt: toLocalIso(phone.dueAt),
            at: isoOrNull(phone.at),
            outcome: phone.outcome,
            lateSeconds: phone.lateSeconds,
            metByWritten: phone.metByWritten,
          },
    slots: judgement.slots.map((slot) => ({ at: toLocalIso(slot.at), metBy: isoOrNull(slot.metBy) })),
    completeness: {
      judgedAt: isoOrNull(completeness.judgedAt),
      isJudged: completeness.isJudged,
      given: [...completeness.given],
      missing: [...completeness.missing],
    },
    deductions: judgement.deductions.map(toLeagueDeduction),
    absorbedBy: [...facts.absorbedBy],
    lost: toPoints(lost),
    reports: [...facts.reports].sort(compareReports).map((report) => ({
      stage: report.stage,
      sequence: report.sequence,
      level: report.level,
      occurredAt: toLocalIso(report.occurredAt),
      learnedAt: toLocalIso(report.learnedAt),
      phonedAt: isoOrNull(report.phonedAt),
      writtenAt: isoOrNull(report.writtenAt),
      elements: [...report.elements],
    })),
  }
}
