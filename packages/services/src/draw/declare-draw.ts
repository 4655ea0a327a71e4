import { randomUUID } from 'node:crypto'
import type { DeclareDrawInput, DrawKey } from '@zhidu/contract'
import { asReadonly, insertDraw, listDrawPlans, lockForTransaction } from '@zhidu/db'
import { quarterOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { officeOf } from './office.ts'

/** Begins a draw by an approved plan, and says where its seed will come from, before there is a pool. */
export function declareDraw(ctx: ServiceContext, input: DeclareDrawInput): Promise<DrawKey> {
  const { isLastOfQuarter, planId, seed, version } = input
  const drawId = randomUUID()
  const what = { action: 'draw.declare', object: `draw/${drawId}`, detail: { planId, version, seed: seed.kind } }
  return withChange(ctx, what, async (trx) => {
    const { author, unitCode } = officeOf(ctx)
    await lockForTransaction(trx, 'draws')
    const plans = await listDrawPlans(asReadonly(trx), { planId, unitCode })
    const plan = plans.find((one) => one.version === version)
    if (plan === undefined) throw new ServiceError('not_found', 'draw_plan_unknown')
    if (plan.approvedAt === null) throw new ServiceError('conflict', 'draw_plan_unapproved')
    if (seed.kind === 'public' && Date.parse(seed.publishedAt) <= author.at) {
      throw new ServiceError('invalid', 'draw_number_past')
    }
    const quarter = quarterOf(author.at)
    await insertDraw(trx, { drawId, unitCode, planId, planVersion: version, quarter, isLastOfQuarter, seed }, author)
    return { drawId }
  })
}
