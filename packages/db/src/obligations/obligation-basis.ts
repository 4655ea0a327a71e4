import type { Quarter } from '@zhidu/domain'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

/** By which rules and calendar the obligations of a quarter were written. */
export interface ObligationBasis {
  readonly quarter: Quarter
  readonly regulationId: string
  readonly regulationVersion: string
  readonly calendar: string
}

/** Of every quarter whose obligations were written, by quarter. */
export function listObligationBases(db: ReadonlyDb): Promise<ObligationBasis[]> {
  return db
    .selectFrom('obligation_basis')
    .select(['quarter', 'regulation_id as regulationId', 'regulation_version as regulationVersion', 'calendar'])
    .orderBy('quarter')
    .execute()
}

/** `mode`: `keep` writes it for a quarter that has none, `replace` after all of the quarter was brought in line. */
export async function putObligationBasis(
  trx: Db,
  basis: ObligationBasis,
  at: number,
  mode: 'keep' | 'replace',
): Promise<void> {
  const row = {
    regulation_id: basis.regulationId,
    regulation_version: basis.regulationVersion,
    calendar: basis.calendar,
    written_at: instant(at),
  }
  await trx
    .insertInto('obligation_basis')
    .values({ quarter: basis.quarter, ...row })
    .onConflict((conflict) => {
      const same = conflict.column('quarter')
      return mode === 'keep' ? same.doNothing() : same.doUpdateSet(row)
    })
    .execute()
}
