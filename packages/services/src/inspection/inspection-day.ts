import { findQuarterEndOfInspection } from '@zhidu/db'
import { localDateOf, type PlainDate } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'

/** The day by whose tree a check is asked about: the last of its quarter, or today; today for one that is not there. */
export async function inspectionDay(ctx: ServiceContext, inspectionId: string): Promise<PlainDate> {
  const today = localDateOf(ctx.clock())
  const end = await findQuarterEndOfInspection(ctx.db, inspectionId)
  return end === null || today < end ? today : end
}
