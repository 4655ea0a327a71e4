import type { Db, ReadonlyDb } from '../db.ts'
import { findScope } from './scope.ts'

/** True for a unit one level below the asker's, by the tree of the day asked about; for the owner's work of every unit. */
export function isBelow(db: Db | ReadonlyDb, unitCode: string): boolean {
  const below = findScope(db)?.below
  return below === undefined || below.includes(unitCode)
}

/** True for a handle that reaches every unit: the owner's work, and an account at the top of the installation. */
export function reachesEverything(db: Db | ReadonlyDb): boolean {
  return findScope(db)?.unitCodes === null
}
