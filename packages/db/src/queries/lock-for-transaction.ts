import { sql } from 'kysely'
import type { Db } from '../db.ts'
import {
  BULLETINS_LOCK,
  COMMENDATIONS_LOCK,
  DRAWS_LOCK,
  DUTY_LOG_LOCK,
  FACTS_LOCK,
  FILINGS_LOCK,
  INSPECTIONS_LOCK,
  LEADS_LOCK,
  LOCK_SPACE,
  MEETINGS_LOCK,
  MISREPORTS_LOCK,
  RULES_LOCK,
} from '../engine/advisory-keys.ts'

/** What is locked, each with its own number among this program's advisory locks. */
export const LOCKS = {
  facts: FACTS_LOCK,
  rules: RULES_LOCK,
  draws: DRAWS_LOCK,
  inspections: INSPECTIONS_LOCK,
  bulletins: BULLETINS_LOCK,
  meetings: MEETINGS_LOCK,
  misreports: MISREPORTS_LOCK,
  commendations: COMMENDATIONS_LOCK,
  dutyLog: DUTY_LOG_LOCK,
  filings: FILINGS_LOCK,
  leads: LEADS_LOCK,
} as const

/** Waits for an advisory lock and holds it until the transaction ends. */
export async function lockForTransaction(trx: Db, name: keyof typeof LOCKS): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE}::int, ${LOCKS[name]}::int)`.execute(trx)
}
