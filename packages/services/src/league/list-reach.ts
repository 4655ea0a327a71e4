import { listUnitOrder } from '@zhidu/db'
import type { PlainDate } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { withSnapshot } from '../snapshot.ts'

/** Codes of the units the actor reaches by the tree of a day, held by both nets. */
export async function listReach(ctx: ServiceContext, onDate: PlainDate): Promise<ReadonlySet<string>> {
  return new Set(await withSnapshot(ctx, onDate, listUnitOrder))
}
