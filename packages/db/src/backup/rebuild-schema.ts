import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { migrateDown, migrateTo } from '../migrations/migrate.ts'
import { useCopySettings } from './copy-settings.ts'
import { listStoredTables, lockStoredTables, type StoredTable } from './list-stored-tables.ts'

/**
 * Takes every table away, rows and all, and makes the schema as it was just after the migration `last`; in the caller's
 * transaction, so that others see the old one until it commits. Returns the tables, which are empty.
 */
export async function rebuildSchema(trx: Db, last: string): Promise<readonly StoredTable[]> {
  await lockStoredTables(trx, await listStoredTables(trx), 'access exclusive')
  await migrateDown(trx)
  await migrateTo(trx, last)
  // Migrations set limits of their own.
  await useCopySettings(trx)
  return await listStoredTables(trx)
}

/** Takes away what migrations put into a table themselves. Inside `withoutGuards`. */
export async function emptyTable(trx: Db, { name }: StoredTable): Promise<void> {
  await sql`delete from ${sql.id('public', name)}`.execute(trx)
}

/** Lets the planner know new rows at once. */
export async function analyzeTables(trx: Db, tables: readonly StoredTable[]): Promise<void> {
  for (const { name } of tables) await sql`analyze ${sql.id('public', name)}`.execute(trx)
}
