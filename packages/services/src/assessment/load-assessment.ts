import {
  type AssessmentStepRow,
  type FrozenQuarterRow,
  listAssessmentSteps,
  listFrozenQuarters,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addWorkdays,
  type AssessmentStanding,
  assessmentStandingOf,
  type HolidayBlock,
  localDateOf,
  type PlainDate,
  type Quarter,
  quarterOf,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRules } from '../rules/load-rules.ts'

/** A step with the last day that counts now. */
export interface DatedAssessmentStep extends AssessmentStepRow {
  /** The year that has no notice of holidays yet. */
  readonly notAnnounced: number | null
}

export interface LoadedAssessment {
  readonly officeCode: string
  readonly quarter: Quarter
  readonly steps: readonly DatedAssessmentStep[]
  readonly versions: readonly FrozenQuarterRow[]
  readonly standing: AssessmentStanding
  /** For the last day that runs; null = it can be said. */
  readonly notAnnounced: number | null
}

function dateStep(step: AssessmentStepRow, holidays: readonly HolidayBlock[]): DatedAssessmentStep {
  const { at, lastDay, workingDays } = step
  if (lastDay !== null || workingDays === null) return { ...step, notAnnounced: null }
  return { ...step, ...addWorkdays(localDateOf(at), workingDays, holidays) }
}

/** The assessment of a quarter by one office: what was done, and where that brought it. */
export async function loadAssessment(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { officeCode, quarter }: { readonly officeCode: string; readonly quarter: Quarter },
): Promise<LoadedAssessment> {
  const rows = await listAssessmentSteps(db, quarter, officeCode)
  const { holidays } = await loadRules(db, quarterOf(ctx.clock()))
  const steps = rows.map((row) => dateStep(row, holidays))
  const versions = await listFrozenQuarters(db, quarter)
  const taken = steps.map(({ byId, kind, lastDay }) => ({ kind, by: byId, lastDay }))
  const standing = assessmentStandingOf(taken, versions.length)
  const isOut = standing.stage === 'draft' || standing.stage === 'half_approved'
  const notAnnounced = isOut ? (steps.findLast(({ kind }) => kind === 'drafted')?.notAnnounced ?? null) : null
  return { officeCode, quarter, steps, versions, standing, notAnnounced }
}

/** True while units may hand in appeals. */
export function isDraftOut({ standing }: LoadedAssessment): boolean {
  return standing.stage === 'draft'
}

/** True when the days for appeals are not over. */
export function hasDaysLeft({ standing }: LoadedAssessment, today: PlainDate): boolean {
  return standing.lastDay === null || today <= standing.lastDay
}
