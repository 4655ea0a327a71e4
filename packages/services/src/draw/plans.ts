import { randomUUID } from 'node:crypto'
import type { DrawPlanDocument, DrawPlanItem, DrawPlanKey, SaveDrawPlanInput } from '@zhidu/contract'
import {
  approveDrawPlan,
  asReadonly,
  type DrawPlanRow,
  insertDrawPlan,
  listDrawPlans,
  lockForTransaction,
  type ReadonlyDb,
} from '@zhidu/db'
import { toLocalIso } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { readDocument } from './load-draw.ts'
import { loadUnitsBelow } from './load-units-below.ts'
import { officeOf } from './office.ts'

interface PlanContext {
  /** Among them all versions of the plan. */
  readonly versions: readonly DrawPlanRow[]
  readonly accountId: string
  readonly nameOf: (unitCode: string) => string
}

export function toPlanItem(row: DrawPlanRow, { accountId, nameOf, versions }: PlanContext): DrawPlanItem {
  const newest = versions.filter(({ planId }) => planId === row.planId).map(({ version }) => version)
  const document = readDocument(row)
  const named = [...document.weights, ...document.exclusions, ...document.inspectors.flatMap((one) => one.recusals)]
  return {
    planId: row.planId,
    version: row.version,
    document,
    unitNames: Object.fromEntries(named.map(({ unitCode }) => [unitCode, nameOf(unitCode)])),
    writtenAt: toLocalIso(row.writtenAt),
    writtenBy: row.writtenBy,
    approvedAt: row.approvedAt === null ? null : toLocalIso(row.approvedAt),
    approvedBy: row.approvedBy,
    isNewest: row.version === Math.max(...newest),
    isMine: row.writtenById === accountId,
  }
}

function findTwice(keys: readonly string[]): string | undefined {
  return keys.find((key, at) => keys.indexOf(key) !== at)
}

async function assertSound(db: ReadonlyDb, office: string, document: DrawPlanDocument, now: number): Promise<void> {
  const { exclusions, inspectors, strata, weights } = document
  const recusals = inspectors.flatMap((one) => one.recusals)
  const twice =
    findTwice(strata.map(({ group }) => group)) ??
    findTwice(weights.map(({ unitCode }) => unitCode)) ??
    findTwice(exclusions.map(({ unitCode }) => unitCode)) ??
    findTwice(inspectors.map(({ name }) => name)) ??
    inspectors.flatMap((one) => findTwice(one.recusals.map(({ unitCode }) => unitCode)) ?? [])[0]
  if (twice !== undefined) throw new ServiceError('invalid', 'draw_plan_twice', { what: twice })
  if (inspectors.length === 1) throw new ServiceError('invalid', 'draw_plan_one_inspector')
  if (strata.every(({ size }) => size === 0)) throw new ServiceError('invalid', 'draw_plan_nobody')
  const below = await loadUnitsBelow(db, office, now)
  const codes = new Set(below.map(({ unitCode }) => unitCode))
  const foreign = [...weights, ...exclusions, ...recusals].find(({ unitCode }) => !codes.has(unitCode))
  if (foreign !== undefined) throw new ServiceError('invalid', 'draw_plan_not_below', { unit: foreign.unitCode })
  const groups = new Set(below.map(({ group }) => group))
  const unknown = strata.find(({ group }) => !groups.has(group))
  if (unknown !== undefined) throw new ServiceError('invalid', 'draw_plan_group', { group: unknown.group })
}

/**
 * Writes a plan, or the next version of one; nothing is overwritten. Throws ServiceError `conflict` when somebody else wrote a
 * version meanwhile, `invalid` for units that are not one level below.
 */
export function saveDrawPlan(ctx: ServiceContext, input: SaveDrawPlanInput): Promise<DrawPlanKey> {
  const planId = input.planId ?? randomUUID()
  const version = input.planId === null ? 1 : input.version + 1
  const what = {
    action: 'draw.savePlan',
    object: `drawPlan/${planId}`,
    detail: { title: input.document.title, version },
  }
  return withChange(ctx, what, async (trx) => {
    const { author, unitCode } = officeOf(ctx)
    await lockForTransaction(trx, 'draws')
    const db = asReadonly(trx)
    if (input.planId !== null) {
      const [newest] = await listDrawPlans(db, { planId, unitCode })
      if (newest === undefined) throw new ServiceError('not_found', 'draw_plan_unknown')
      if (newest.version !== input.version) {
        throw new ServiceError('conflict', 'draw_plan_changed', {
          by: newest.writtenBy,
          at: toLocalIso(newest.writtenAt),
        })
      }
    }
    await assertSound(db, unitCode, input.document, ctx.clock())
    // One spelling: zod gives the members in the order of the schema.
    await insertDrawPlan(trx, { planId, version, unitCode, document: JSON.stringify(input.document) }, author)
    return { planId, version }
  })
}

/** Approves the newest version, by somebody else than who wrote it. */
export function approvePlan(ctx: ServiceContext, { planId, version }: DrawPlanKey): Promise<void> {
  const what = { action: 'draw.approvePlan', object: `drawPlan/${planId}`, detail: { version } }
  return withChange(ctx, what, async (trx, note) => {
    const { author, unitCode } = officeOf(ctx)
    await lockForTransaction(trx, 'draws')
    const [newest] = await listDrawPlans(asReadonly(trx), { planId, unitCode })
    if (newest === undefined) throw new ServiceError('not_found', 'draw_plan_unknown')
    if (newest.version !== version) {
      throw new ServiceError('conflict', 'draw_plan_changed', {
        by: newest.writtenBy,
        at: toLocalIso(newest.writtenAt),
      })
    }
    if (newest.writtenById === author.id) throw new ServiceError('forbidden', 'draw_plan_own')
    if (!(await approveDrawPlan(trx, { planId, version }, author))) {
      throw new ServiceError('conflict', 'draw_plan_approved')
    }
    note.detail = { version, writtenBy: newest.writtenBy }
  })
}
