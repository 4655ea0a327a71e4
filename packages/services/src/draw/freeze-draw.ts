import type { DrawKey } from '@zhidu/contract'
import { asReadonly, insertDrawNotices } from '@zhidu/db'
import { hashText, toPoolText } from '@zhidu/draw'
import { quarterOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { buildPool } from './build-pool.ts'
import { assertState, changeDraw, type DrawAtWork, listOfficerSteps } from './load-draw.ts'
import { loadUnitsBelow } from './load-units-below.ts'
import { loadNames } from './office.ts'
import type { Commitment } from './officers.ts'

function assertMayFreeze({ office, row, seed, steps }: DrawAtWork): readonly Commitment[] {
  const { at, id } = office.author
  if (row.declaredById === id) throw new ServiceError('forbidden', 'draw_declared_own')
  if (quarterOf(at) !== row.quarter) throw new ServiceError('conflict', 'draw_quarter_over')
  if (seed.kind === 'public') {
    if (Date.parse(seed.publishedAt) <= at) throw new ServiceError('conflict', 'draw_number_out')
    return []
  }
  const commitments = listOfficerSteps<Commitment>(steps, 'committed')
  if (commitments.length < 2) throw new ServiceError('conflict', 'draw_commitments_missing')
  return commitments.map(({ commitment, officer }) => ({ officer, commitment }))
}

/**
 * Freezes the pool as the checks on record have it now, and tells its hash to every unit in it. Not by who declared the draw:
 * who named the seed never also chooses the second at which the pool is taken.
 */
export function freezeDrawPool(ctx: ServiceContext, { drawId }: DrawKey): Promise<void> {
  return changeDraw(ctx, drawId, 'draw.freeze', async (draw) => {
    assertState(draw, 'declared')
    const commitments = assertMayFreeze(draw)
    const db = asReadonly(draw.trx)
    const frozenAt = draw.office.author.at
    const units = await loadUnitsBelow(db, draw.office.unitCode, frozenAt)
    const pool = buildPool({ draw, units, commitments, frozenAt })
    const text = toPoolText(pool)
    await draw.take('frozen', text)
    const poolHash = hashText(text)
    await insertDrawNotices(
      draw.trx,
      pool.units.map(({ id }) => id),
      {
        drawId,
        kind: 'frozen',
        officeName: (await loadNames(db, ctx))(draw.office.unitCode),
        title: draw.document.title,
        quarter: draw.row.quarter,
        content: poolHash,
        at: frozenAt,
      },
    )
    draw.note.detail = { poolHash, units: pool.units.length }
  })
}
