import type { PlainDate, Regulation } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'

export function regulationInForceQuery(db: ReadonlyDb, on: PlainDate) {
  return db
    .selectFrom('regulation')
    .select('document')
    .where('state', '=', 'published')
    .where((eb) => eb.or([eb('effective_from', 'is', null), eb('effective_from', '<=', on)]))
    .orderBy('effective_from', (order) => order.desc().nullsLast())
    .orderBy('version', 'desc')
    .limit(1)
}

/** The regulation in force on a date; throws when there is none, which a migrated database never lacks. */
export async function getRegulationInForce(db: ReadonlyDb, on: PlainDate): Promise<Regulation> {
  const row = await regulationInForceQuery(db, on).executeTakeFirstOrThrow()
  return row.document
}

/** The same, or null when none was published for the date. */
export async function findRegulationInForce(db: ReadonlyDb, on: PlainDate): Promise<Regulation | null> {
  const row = await regulationInForceQuery(db, on).executeTakeFirst()
  return row?.document ?? null
}
