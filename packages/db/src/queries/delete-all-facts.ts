import type { Db } from '../db.ts'
import type { Database } from '../schema.ts'

/** Tables that hold facts or follow from them; those that refer come before what they refer to. */
const FACT_TABLES = [
  'unit_quarter',
  'event_case',
  'report',
  'check_record',
  'misreport',
  'filing',
  'lead',
  'bonus',
  'unit_period',
  'unit',
  'import_file',
] as const satisfies readonly (keyof Database)[]

/** Empties the installation of every fact, unit and import; only ever for invented data. */
export async function deleteAllFacts(trx: Db): Promise<void> {
  for (const table of FACT_TABLES) await trx.deleteFrom(table).execute()
}
