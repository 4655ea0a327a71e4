import type { DrawKey, ToldDraw, ToldDrawPage } from '@zhidu/contract'
import { type DrawNoticeRow, listDrawNotices } from '@zhidu/db'
import { localDateOf, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { withComparison, withSnapshot } from '../snapshot.ts'
import { loadDraw } from './load-draw.ts'
import { officeOf } from './office.ts'

function toTold(rows: readonly DrawNoticeRow[]): ToldDraw[] {
  return [...Map.groupBy(rows, ({ drawId }) => drawId).values()].flatMap((notices) => {
    const of = (kind: DrawNoticeRow['kind']) => notices.find((one) => one.kind === kind)
    const [frozen, voided, disclosed] = [of('frozen'), of('voided'), of('disclosed')]
    if (frozen === undefined) return []
    const { content, drawId, officeName, quarter, title } = frozen
    return [
      {
        drawId,
        officeName,
        title,
        quarter,
        poolHash: content,
        frozenAt: toLocalIso(frozen.at),
        voidedAt: voided === undefined ? null : toLocalIso(voided.at),
        voidReason: voided?.content ?? null,
        disclosedAt: disclosed === undefined ? null : toLocalIso(disclosed.at),
      },
    ]
  })
}

function loadTold(ctx: ServiceContext, drawId?: string): Promise<ToldDraw[]> {
  const { unitCode } = officeOf(ctx)
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) =>
    toTold(await listDrawNotices(db, { unitCode, ...(drawId === undefined ? {} : { drawId }) })),
  )
}

/** Draws of the office above in whose pool the own unit is, newest first: that a pool was frozen and its hash, not who was drawn. */
export async function listToldDraws(ctx: ServiceContext): Promise<ToldDraw[]> {
  return await loadTold(ctx)
}

/**
 * One of them, with pool, certificate and plan once the office has disclosed it. Throws ServiceError `not_found` for a draw
 * that the own unit is not in the pool of.
 */
export async function getToldDraw(ctx: ServiceContext, { drawId }: DrawKey): Promise<ToldDrawPage> {
  const [told] = await loadTold(ctx, drawId)
  if (told === undefined) throw new ServiceError('not_found', 'draw_unknown')
  if (told.disclosedAt === null) return { told, plan: null, pool: null, certificate: null }
  // The office laid it open to this unit, and the unit's own notice says so: what is read beyond the own reach is that draw alone.
  const { certificate, document, pool } = await withComparison(ctx, (db) => loadDraw(db, drawId))
  return { told, plan: document, pool, certificate }
}
