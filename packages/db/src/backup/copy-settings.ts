import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** One spelling of every value on every server, and no limit of time; until the transaction ends. */
const SETTINGS = {
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  // What others hold for longer than this is said to be in use.
  lock_timeout: '5s',
  work_mem: '64MB',
} as const

/** For a transaction that copies whole tables. */
export async function useCopySettings(trx: Db): Promise<void> {
  for (const [name, value] of Object.entries(SETTINGS)) {
    await sql`select set_config(${name}, ${value}, true)`.execute(trx)
  }
}
