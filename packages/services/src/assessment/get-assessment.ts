import type { ASSESSMENT_BARRIERS, AssessmentPage, AssessmentQuarterInput } from '@zhidu/contract'
import {
  type AssessmentGate,
  type AssessmentStepKind,
  daysLeft,
  localDateOf,
  maskNumbers,
  nextAssessmentSteps,
  refusesAssessmentStep,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { loadRules } from '../rules/load-rules.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { listGaps } from './list-gaps.ts'
import { loadAssessment, type LoadedAssessment } from './load-assessment.ts'
import { loadGate } from './take-assessment-step.ts'

type Barrier = (typeof ASSESSMENT_BARRIERS)[number]

function barrierOf(
  ctx: ServiceContext,
  { steps }: LoadedAssessment,
  kind: AssessmentStepKind,
  gate: AssessmentGate,
): Barrier | null {
  const { actor } = ctx
  const needed = kind === 'approved' ? 'assessments.approve' : 'assessments.prepare'
  if (actor.kind !== 'account' || actor.viewer !== null || !actor.permissions.has(needed)) return 'role'
  const taken = steps.map((step) => ({ kind: step.kind, by: step.byId, lastDay: step.lastDay }))
  return refusesAssessmentStep(taken, { kind, by: actor.accountId }, gate)
}

/**
 * 考核办理: where the assessment of a quarter by the reader's office stands, what is missing, and what comes next. Throws ServiceError
 * `forbidden` for whoever is of no office.
 */
export function getAssessmentPage(ctx: ServiceContext, { quarter }: AssessmentQuarterInput): Promise<AssessmentPage> {
  const { unitCode: officeCode } = officeOf(ctx)
  const now = ctx.clock()
  const today = localDateOf(now)
  return withSnapshot(ctx, scopeDay(quarter, now), async (db) => {
    const loaded = await loadAssessment(db, ctx, { officeCode, quarter })
    const gate = await loadGate(db, ctx, loaded, false)
    const { notAnnounced, standing, steps, versions } = loaded
    const { regulation } = await loadRules(db, quarter)
    return {
      quarter,
      asOf: toLocalIso(now),
      officeCode,
      officeName: (await loadNames(db, ctx))(officeCode),
      stage: standing.stage,
      lastDay: standing.lastDay,
      notAnnounced,
      daysLeft: standing.lastDay === null ? null : daysLeft(standing.lastDay, today),
      appealWorkingDays: regulation.dueProcess.appealWorkingDays,
      openAppeals: gate.openAppeals,
      gaps: await listGaps(db, ctx, { quarter, openAppeals: gate.openAppeals }),
      steps: steps.map(({ at, byName, kind, lastDay, marksAppeals, note }) => ({
        kind,
        at: toLocalIso(at),
        by: byName,
        note: note === null ? null : maskNumbers(note),
        lastDay: kind === 'drafted' ? lastDay : null,
        marksAppeals,
      })),
      versions: versions
        .map(({ frozenAt, frozenBy, version }) => ({ version, frozenAt: toLocalIso(frozenAt), frozenBy }))
        .toReversed(),
      next: nextAssessmentSteps(standing.stage).map((kind) => ({ kind, barredBy: barrierOf(ctx, loaded, kind, gate) })),
    }
  })
}
