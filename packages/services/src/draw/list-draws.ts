import type { DrawKey, DrawList, DrawPage } from '@zhidu/contract'
import { listDrawPlans, listDraws, listDrawSteps } from '@zhidu/db'
import { localDateOf, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { withSnapshot } from '../snapshot.ts'
import { listOfficerSteps, loadDraw, readDocument, toDrawItem } from './load-draw.ts'
import { loadNames, officeOf } from './office.ts'
import { type Commitment, officerNameOf } from './officers.ts'
import { toPlanItem } from './plans.ts'

/** The own office's plans, and the draws of it and of the offices below, newest first. */
export function getDrawList(ctx: ServiceContext): Promise<DrawList> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { author, unitCode } = officeOf(ctx)
    const [plans, draws] = [await listDrawPlans(db, {}), await listDraws(db)]
    const steps = await listDrawSteps(db, { drawIds: draws.map(({ drawId }) => drawId), withContent: false })
    const stepsOf = Map.groupBy(steps, ({ drawId }) => drawId)
    const own = plans.filter((plan) => plan.unitCode === unitCode)
    const nameOf = await loadNames(db, ctx)
    const items = draws.map((row) => {
      const plan = plans.find(({ planId, version }) => planId === row.planId && version === row.planVersion)
      const title = plan === undefined ? '' : readDocument(plan).title
      return toDrawItem(row, stepsOf.get(row.drawId) ?? [], {
        title,
        officeName: nameOf(row.unitCode),
        ownCode: unitCode,
      })
    })
    return { plans: own.map((row) => toPlanItem(row, { versions: plans, accountId: author.id, nameOf })), draws: items }
  })
}

/** A draw of the own office or of one below, with its files as they are. Throws ServiceError `not_found`. */
export function getDrawPage(ctx: ServiceContext, { drawId }: DrawKey): Promise<DrawPage> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { author, unitCode } = officeOf(ctx)
    const draw = await loadDraw(db, drawId)
    const { certificate, document, plan, pool, row, seed, steps } = draw
    const nameOf = await loadNames(db, ctx)
    const officeName = nameOf(row.unitCode)
    const revealed = new Set(listOfficerSteps(steps, 'revealed').map(({ byId }) => byId))
    const isOwn = row.unitCode === unitCode
    return {
      item: toDrawItem(row, steps, { title: document.title, officeName, ownCode: unitCode }),
      plan: toPlanItem(plan, {
        versions: await listDrawPlans(db, { planId: plan.planId }),
        accountId: author.id,
        nameOf,
      }),
      isLastOfQuarter: row.isLastOfQuarter,
      seed,
      steps: steps.map(({ at, byName, content, kind }) => ({
        kind,
        at: toLocalIso(at),
        by: byName,
        note: kind === 'voided' ? content : null,
      })),
      officers: listOfficerSteps<Commitment>(steps, 'committed').map(({ byId, commitment, officer }) => ({
        officer,
        commitment,
        hasRevealed: revealed.has(byId),
        isMine: byId === author.id,
      })),
      ownOfficer: isOwn && seed.kind === 'officers' && draw.state === 'declared' ? officerNameOf(draw, author) : null,
      isDeclaredByMe: row.declaredById === author.id,
      pool,
      certificate,
    }
  })
}
