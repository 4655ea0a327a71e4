import type { MilestoneView, ObligationItem, ObligationTimeline } from '@zhidu/contract'
import type { ObligationVersionRow } from '@zhidu/db'
import { clauseOf, listMilestones, maskNumbers, type Milestone, secondsLeft, toLocalIso } from '@zhidu/domain'
import type { Standing } from './load-standings.ts'

function isoOrNull(at: number | null): string | null {
  return at === null ? null : toLocalIso(at)
}

/** `asOf`: epoch ms, whole seconds. */
export function toObligationItem(standing: Standing, asOf: number): ObligationItem {
  const { dueAt, metAt, obligation, outcome } = standing
  return {
    unitCode: obligation.unitCode,
    unitName: standing.unitName,
    isUnitClosed: standing.isUnitClosed,
    quarter: obligation.quarter,
    kind: obligation.kind,
    ref: obligation.ref,
    level: obligation.level,
    category: standing.category,
    arisesAt: toLocalIso(obligation.arisesAt),
    ruleDueAt: toLocalIso(obligation.dueAt),
    dueAt: toLocalIso(dueAt),
    metAt: isoOrNull(metAt),
    outcome,
    lateSeconds: standing.lateSeconds,
    secondsLeft: outcome === 'not_yet_due' || outcome === 'missing' ? secondsLeft(dueAt, asOf) : null,
    preReport: standing.preReportState,
    isReopened: standing.reopenings.length > 0,
  }
}

function toMilestoneView(milestone: Milestone, asOf: number): MilestoneView {
  const { at, kind } = milestone
  return {
    kind,
    at: toLocalIso(at),
    isAhead: at > asOf,
    until: 'until' in milestone ? isoOrNull(milestone.until) : null,
    grace: kind === 'grace' ? milestone.of : null,
    by: kind === 'reopened' ? milestone.by : null,
    // Free text of an office may hold somebody's number.
    reason: 'reason' in milestone ? maskNumbers(milestone.reason) : null,
    outcome: kind === 'met' ? milestone.outcome : null,
  }
}

/** `versions`: of this obligation, oldest first. */
export function toObligationTimeline(
  standing: Standing,
  asOf: number,
  more: {
    readonly versions: readonly ObligationVersionRow[]
    readonly reopenRefusal: ObligationTimeline['reopenRefusal']
  },
): ObligationTimeline {
  const { obligation, preReport, preReportState, regulation } = standing
  const { citation, label } = clauseOf(regulation, obligation.clause)
  return {
    ...toObligationItem(standing, asOf),
    clause: { label, citation },
    preReportDetail:
      preReport === null || preReportState === null
        ? null
        : {
            sentAt: toLocalIso(preReport.sentAt),
            reason: maskNumbers(preReport.reason),
            state: preReportState,
            until: isoOrNull(standing.movedTo),
          },
    reopenings: standing.reopenings.map(({ reason, reopenedAt, reopenedBy, until }) => ({
      reopenedAt: toLocalIso(reopenedAt),
      reopenedBy,
      until: toLocalIso(until),
      reason: maskNumbers(reason),
    })),
    milestones: listMilestones(obligation, asOf, standing).map((one) => toMilestoneView(one, asOf)),
    versions: more.versions.map((version) => ({
      dueAt: toLocalIso(version.dueAt),
      regulationVersion: version.regulationVersion,
      clause: version.clause,
      cause: version.cause,
      recordedAt: toLocalIso(version.recordedAt),
      replacedAt: isoOrNull(version.replacedAt),
      replacedCause: version.replacedCause,
    })),
    reopenRefusal: more.reopenRefusal,
  }
}
