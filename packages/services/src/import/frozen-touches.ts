import type { Kind } from '@zhidu/contract'
import { asReadonly, type Db, type FrozenTarget, listFrozenQuarters, listTouchedFrozen } from '@zhidu/db'
import { toFrozenTarget } from '../quarter/list-quarters.ts'

/** What of the staged file would count in a quarter that is frozen, as the words of the warning take it. Call after `compareStage`. */
export async function listFrozenTouches(trx: Db, kind: Kind): Promise<Record<'quarter' | 'rows' | 'units', string>[]> {
  const db = asReadonly(trx)
  const frozen = new Set((await listFrozenQuarters(db)).map(({ quarter }) => quarter))
  const targets: FrozenTarget[] = []
  for (const quarter of frozen) targets.push(await toFrozenTarget(db, quarter))
  const touches = await listTouchedFrozen(trx, kind, targets)
  return touches.map(({ quarter, rowCount, unitCount }) => ({
    quarter,
    rows: String(rowCount),
    units: String(unitCount),
  }))
}
