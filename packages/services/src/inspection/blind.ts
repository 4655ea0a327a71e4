import { listInspectionOrders, type ReadonlyDb } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'

/**
 * First checks that whoever asks is to make again, and may not read before: who is named in an open order. By id.
 */
export async function listHiddenFirsts(db: ReadonlyDb, { actor }: ServiceContext): Promise<string[]> {
  if (actor.kind !== 'account') return []
  const open = await listInspectionOrders(db, { isOpen: true })
  const blind = open.filter(({ inspectors, kind }) => kind !== 'recheck' && inspectors.includes(actor.displayName))
  return blind.map(({ firstId }) => firstId)
}
