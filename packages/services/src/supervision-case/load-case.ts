import {
  type AboutCase,
  type CaseStepRow,
  findSupervisionCases,
  listCaseSteps,
  type ReadonlyDb,
  type SupervisionCaseRow,
} from '@zhidu/db'
import {
  addWorkdays,
  type CaseContext,
  type CaseStanding,
  caseStandingOf,
  type CaseStep,
  type HolidayBlock,
  localDateOf,
  type PlainDate,
  quarterOf,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { listHiddenFirsts } from '../inspection/blind.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'

/** A step with the last day that counts now. */
export interface DatedStep extends CaseStepRow {
  /** Of a notice whose year had none of holidays yet: the one it leads to by now, else null. */
  readonly effectiveDay: PlainDate | null
  /** The year that still has none. */
  readonly notAnnounced: number | null
}

export interface LoadedCase {
  readonly row: SupervisionCaseRow
  readonly steps: readonly DatedStep[]
  /** As the rules of the domain take them. */
  readonly taken: readonly CaseStep[]
  readonly standing: CaseStanding
  /** For the last day that runs; null = it can be said. */
  readonly notAnnounced: number | null
}

function dateStep(step: CaseStepRow, holidays: readonly HolidayBlock[]): DatedStep {
  const { at, lastDay, workingDays } = step
  if (lastDay !== null || workingDays === null) return { ...step, effectiveDay: lastDay, notAnnounced: null }
  const due = addWorkdays(localDateOf(at), workingDays, holidays)
  return { ...step, effectiveDay: due.lastDay, notAnnounced: due.notAnnounced }
}

function toCaseStep({ at, byId, effectiveDay, escalation, kind }: DatedStep): CaseStep {
  return { kind, by: byId, on: localDateOf(at), lastDay: effectiveDay, ...(escalation !== null && { escalation }) }
}

export function toLoadedCase(
  row: SupervisionCaseRow,
  rows: readonly CaseStepRow[],
  holidays: readonly HolidayBlock[],
): LoadedCase {
  const steps = rows.map((step) => dateStep(step, holidays))
  const taken = steps.map(toCaseStep)
  const standing = caseStandingOf(taken)
  const isHeard = standing.state === 'awaiting_explanation'
  const notAnnounced = isHeard ? (steps.find(({ kind }) => kind === 'notified')?.notAnnounced ?? null) : null
  return { row, steps, taken, standing, notAnnounced }
}

/** The holidays known today: those of later quarters count for a last day as well. */
export async function loadHolidays(db: ReadonlyDb, ctx: ServiceContext): Promise<readonly HolidayBlock[]> {
  return (await loadRules(db, quarterOf(ctx.clock()))).holidays
}

/** Throws ServiceError `not_found` for a case that is not there, out of reach, or of a check to be made again blind by who asks. */
export async function loadCase(db: ReadonlyDb, ctx: ServiceContext, caseId: string): Promise<LoadedCase> {
  const [row] = await findSupervisionCases(db, { caseId })
  if (row === undefined || (await listHiddenFirsts(db, ctx)).includes(row.inspectionId)) {
    throw new ServiceError('not_found', 'case_unknown')
  }
  return toLoadedCase(row, await listCaseSteps(db, [caseId]), await loadHolidays(db, ctx))
}

/** Who found it, by account; with who asks, when he stood beside by name. */
export function findersOf({ inspectors, recordedById }: SupervisionCaseRow, { actor }: ServiceContext): CaseContext {
  const isOneOfThem = actor.kind === 'account' && inspectors.includes(actor.displayName)
  return { inspectors: isOneOfThem ? [recordedById, actor.accountId] : [recordedById] }
}

export function aboutOf({ caseId, officeCode, unitCode }: SupervisionCaseRow): AboutCase {
  return { caseId, unitCode, officeCode }
}

/** Of whose unit or office somebody acts; null = of none, or he only looks. */
export function ownUnitOf({ actor }: ServiceContext): string | null {
  return actor.kind === 'account' && actor.viewer === null ? actor.unitCode : null
}
