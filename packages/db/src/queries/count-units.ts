import type { ReadonlyDb } from '../db.ts'

/** How many unit codes were ever imported. */
export async function countUnits(db: ReadonlyDb): Promise<number> {
  const { count } = await db
    .selectFrom('unit')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
