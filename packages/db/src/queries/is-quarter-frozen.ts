import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'

/** True when a quarter is frozen; an installation whose tables know no frozen quarters has none. */
export async function isQuarterFrozen(db: ReadonlyDb, quarter: Quarter): Promise<boolean> {
  const table = sql<boolean>`to_regclass('public.frozen_quarter') is not null`.as('isKnown')
  const { isKnown } = await db.selectNoFrom(table).executeTakeFirstOrThrow()
  if (!isKnown) return false
  const found = sql<boolean>`exists (select from frozen_quarter where quarter = ${quarter})`.as('isFrozen')
  const { isFrozen } = await db.selectNoFrom(found).executeTakeFirstOrThrow()
  return isFrozen
}
