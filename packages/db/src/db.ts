import type { Kysely } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
/** What read queries take: no insert, update, delete or transaction on it. */
export type ReadonlyDb = ReadonlyKysely<Database>

/** The one way from a handle that writes (also a transaction's) to one that only reads. */
export function asReadonly(db: Db): ReadonlyDb {
  // Safe: ReadonlyKysely is the same object with fewer members in its type.
  return db as unknown as ReadonlyDb
}
