import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'

/** A version of an office's plan. */
export interface DrawPlanRow {
  readonly planId: string
  readonly version: number
  readonly unitCode: string
  /** Canonical JSON. */
  readonly document: string
  /** Epoch ms. */
  readonly writtenAt: number
  readonly writtenBy: string
  readonly writtenById: string
  readonly approvedAt: number | null
  readonly approvedBy: string | null
}

/** Who takes a step, and when; epoch ms. */
export interface DrawAuthor {
  readonly at: number
  readonly name: string
  readonly id: string
}

interface PlanFilter {
  /** Missing = of every office in reach. */
  readonly unitCode?: string
  readonly planId?: string
}

/** Versions of plans in reach, newest first. */
export function listDrawPlans(db: ReadonlyDb, { planId, unitCode }: PlanFilter): Promise<DrawPlanRow[]> {
  return db
    .selectFrom('draw_plan')
    .select([
      'plan_id as planId',
      'version',
      'unit_code as unitCode',
      'document',
      'written_at as writtenAt',
      'written_by as writtenBy',
      'written_by_id as writtenById',
      'approved_at as approvedAt',
      'approved_by as approvedBy',
    ])
    .$if(unitCode !== undefined, (query) => query.where('unit_code', '=', unitCode ?? ''))
    .$if(planId !== undefined, (query) => query.where('plan_id', '=', planId ?? ''))
    .$call(inScope(db, 'draw-plans', 'unit_code'))
    .orderBy('written_at', 'desc')
    .orderBy('version', 'desc')
    .orderBy('plan_id')
    .execute()
}

export async function insertDrawPlan(
  db: Db,
  plan: Pick<DrawPlanRow, 'planId' | 'version' | 'unitCode' | 'document'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('draw_plan')
    .values({
      plan_id: plan.planId,
      version: plan.version,
      unit_code: plan.unitCode,
      document: plan.document,
      written_at: instant(author.at),
      written_by: author.name,
      written_by_id: author.id,
      approved_at: null,
      approved_by: null,
      approved_by_id: null,
    })
    .execute()
}

/** False when that version is approved already. */
export async function approveDrawPlan(
  db: Db,
  { planId, version }: Pick<DrawPlanRow, 'planId' | 'version'>,
  author: DrawAuthor,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('draw_plan')
    .set({ approved_at: instant(author.at), approved_by: author.name, approved_by_id: author.id })
    .where('plan_id', '=', planId)
    .where('version', '=', version)
    .where('approved_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
