import { asReadonly } from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import { getRegulationInForce } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'

/** True when the database answers and holds a regulation, which it does once migrated and set up. */
export async function checkReadiness(ctx: ServiceContext): Promise<boolean> {
  try {
    await getRegulationInForce(asReadonly(ctx.db), localDateOf(ctx.clock()))
    return true
  } catch {
    return false
  }
}
