import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** What refers to a unit besides rows of units: facts in any version, accounts, keys of other systems. */
const USED_BY = [
  'report',
  'check_record',
  'misreport',
  'filing',
  'lead',
  'bonus',
  'pre_report',
  'adoption',
  'account',
  'api_token',
]

/** Whether anything would be left without its unit if the unit had never been opened. For those who reach every unit. */
export async function isUnitUsed(trx: Db, unitCode: string): Promise<boolean> {
  const some = USED_BY.map((table) => sql`exists (select from ${sql.table(table)} where unit_code = ${unitCode})`)
  const { rows } = await sql<{ isUsed: boolean }>`select ${sql.join(some, sql` or `)} as "isUsed"`.execute(trx)
  return rows[0]?.isUsed === true
}
