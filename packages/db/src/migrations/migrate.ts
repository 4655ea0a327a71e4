import { type Kysely, sql } from 'kysely'
import { type Migration, type MigrationResultSet, Migrator, NO_MIGRATIONS } from 'kysely/migration'
import type { Db } from '../db.ts'
import { EngineError } from '../engine/engine-error.ts'
import { MIGRATIONS } from './migrations.ts'

/** A migration may take longer than any query of the product; local to its transaction. */
function withoutTimeout(step: (db: Kysely<unknown>) => Promise<void>): (db: Kysely<unknown>) => Promise<void> {
  return async (db) => {
    await sql`select set_config('statement_timeout', '0', true)`.execute(db)
    await step(db)
  }
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const entries = Object.entries(MIGRATIONS).map(([name, { down, up }]) => {
    return [name, { up: withoutTimeout(up), down: withoutTimeout(down) }] as const
  })
  return Object.fromEntries(entries)
}

function migratorOf(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations } })
}

function appliedOf(set: MigrationResultSet): readonly string[] {
  if (set.error !== undefined) {
    const failed = set.results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown'
    throw new Error(`migration ${failed} failed; nothing of it was kept`, { cause: set.error })
  }
  return (set.results ?? []).map((result) => result.migrationName)
}

/** All migrations this program knows, in their order. */
export function listKnownMigrations(): readonly string[] {
  return Object.keys(MIGRATIONS).toSorted()
}

/** Migrations applied to the database, oldest first. */
export async function listAppliedMigrations(db: Db): Promise<readonly string[]> {
  const table = await sql<{ name: string | null }>`select to_regclass('kysely_migration')::text as name`.execute(db)
  if (table.rows[0]?.name === null) return []
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return applied.rows.map((row) => row.name)
}

/** Migrations in the database that this program does not know, oldest first. */
async function listForeignMigrations(db: Db): Promise<readonly string[]> {
  return (await listAppliedMigrations(db)).filter((name) => !(name in MIGRATIONS))
}

/**
 * Brings the schema to this program's state, all or nothing, one process at a time (advisory lock).
 * Returns the names applied, none when nothing was to do.
 * Throws EngineError `database_newer` when a newer program has migrated it.
 */
export async function migrateToLatest(db: Db): Promise<readonly string[]> {
  const foreign = await listForeignMigrations(db)
  const newest = foreign.at(-1)
  if (newest !== undefined) throw new EngineError('database_newer', { migration: newest })
  return appliedOf(await migratorOf(db).migrateToLatest())
}

/** Brings the schema up, or back down, to just after the migration `name`. */
export async function migrateTo(db: Db, name: string): Promise<readonly string[]> {
  return appliedOf(await migratorOf(db).migrateTo(name))
}

/** Takes every table away again. */
export async function migrateDown(db: Db): Promise<readonly string[]> {
  return appliedOf(await migratorOf(db).migrateTo(NO_MIGRATIONS))
}
