import { type AppealRow, type AppealStepRow, findAppeals, listAppealSteps, type ReadonlyDb } from '@zhidu/db'
import {
  type AppealContext,
  type AppealState,
  appealStateOf,
  cutToSecond,
  type Deduction,
  localDateOf,
  type Quarter,
} from '@zhidu/domain'
import { loadAssessment, type LoadedAssessment } from '../assessment/load-assessment.ts'
import type { ServiceContext } from '../context.ts'
import { assessUnits } from '../league/assess-units.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { loadDeductionHands } from './load-hands.ts'

export interface LoadedAppeal {
  readonly row: AppealRow
  readonly steps: readonly AppealStepRow[]
  readonly state: AppealState
  readonly assessment: LoadedAssessment
}

/** Of whose unit or office somebody acts; null = of none, or he only looks. */
export function ownOf({ actor }: ServiceContext): string | null {
  return actor.kind === 'account' && actor.viewer === null ? actor.unitCode : null
}

/** Throws ServiceError `not_found` for one out of reach, or a text of another unit that was not handed in. */
export async function loadAppeal(db: ReadonlyDb, ctx: ServiceContext, appealId: string): Promise<LoadedAppeal> {
  const [row] = await findAppeals(db, { appealId })
  const steps = await listAppealSteps(db, [appealId])
  const isHandedIn = steps.some(({ kind }) => kind === 'submitted')
  if (row === undefined || !(isHandedIn || row.unitCode === ownOf(ctx))) {
    throw new ServiceError('not_found', 'appeal_unknown')
  }
  return { row, steps, state: appealStateOf(steps), assessment: await loadAssessment(db, ctx, row) }
}

/** The deductions of a unit's quarter as its facts give them now. */
export async function listDeductionsNow(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { quarter, unitCode }: { readonly unitCode: string; readonly quarter: Quarter },
): Promise<readonly Deduction[]> {
  const { periodsOf } = await loadRoster(db)
  const rules = await loadRules(db, quarter)
  const asOf = cutToSecond(ctx.clock())
  const [assessment] = await assessUnits(db, { unitCodes: [unitCode], periodsOf, quarter, rules, asOf })
  return assessment?.deductions ?? []
}

export function isSameDeduction(
  one: Pick<Deduction, 'ref' | 'code' | 'at'>,
  other: Pick<Deduction, 'ref' | 'code' | 'at'>,
): boolean {
  return one.ref === other.ref && one.code === other.code && one.at === other.at
}

/** What a step of an appeal by who asks is held against. */
export async function contextOf(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { assessment, row }: Pick<LoadedAppeal, 'row' | 'assessment'>,
): Promise<AppealContext> {
  const hands = await loadDeductionHands(db, row)
  const { actor } = ctx
  const { accountId, displayName } = actor.kind === 'account' ? actor : { accountId: '', displayName: '' }
  return {
    today: localDateOf(ctx.clock()),
    isDraftOut: assessment.standing.stage === 'draft',
    lastDay: assessment.standing.lastDay,
    hasDeduction: (await listDeductionsNow(db, ctx, row)).some((one) => isSameDeduction(one, row)),
    isFinder: hands.finderIds.includes(accountId) || hands.finderNames.includes(displayName),
    isDecider: hands.deciderIds.includes(accountId),
  }
}
