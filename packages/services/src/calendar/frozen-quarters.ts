import type { ReadonlyDb } from '@zhidu/db'
import type { Quarter } from '@zhidu/domain'

/** Which of some quarters are frozen, so that nothing they rest on may change. */
export type FindFrozenQuarters = (db: ReadonlyDb, quarters: readonly Quarter[]) => Promise<readonly Quarter[]>

/** No quarter can be frozen by this program. */
export const findFrozenQuarters: FindFrozenQuarters = () => Promise.resolve([])
