import type { Migration } from 'kysely/migration'
import * as factsAndRollups from './2026-11-23-0001-facts-and-rollups.ts'

/** All migrations by name; the order of names is their order. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '2026-11-23-0001-facts-and-rollups': factsAndRollups,
}
