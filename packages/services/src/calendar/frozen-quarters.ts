import { listFrozenQuarters, type ReadonlyDb } from '@zhidu/db'
import type { Quarter } from '@zhidu/domain'

/** Which of some quarters are frozen, so that nothing they rest on may change. */
export async function findFrozenQuarters(db: ReadonlyDb, quarters: readonly Quarter[]): Promise<Quarter[]> {
  const frozen = new Set((await listFrozenQuarters(db)).map(({ quarter }) => quarter))
  return quarters.filter((quarter) => frozen.has(quarter))
}
