import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'

/** The stored value of a setting, or undefined when it was never set. */
export async function findSetting(db: ReadonlyDb, key: string): Promise<unknown> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value
}

/** `value` is anything JSON can say. */
export async function putSetting(db: Db, key: string, value: unknown): Promise<void> {
  const json = sql`${JSON.stringify(value)}::jsonb`
  await db
    .insertInto('setting')
    .values({ key, value: json })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: json }))
    .execute()
}
