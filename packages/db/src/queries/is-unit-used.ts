import { sql } from 'kysely'
import type { Db } from '../db.ts'

/**
 * Whether anything but rows of units refers to a unit: facts in any version, accounts, keys of other systems; they would be
 * left without it if it had never been opened. For those who reach every unit.
 */
export async function isUnitUsed(trx: Db, unitCode: string): Promise<boolean> {
  const { rows } = await sql<{ isUsed: boolean }>`
    select exists (select from report where unit_code = ${unitCode})
      or exists (select from check_record where unit_code = ${unitCode})
      or exists (select from misreport where unit_code = ${unitCode})
      or exists (select from filing where unit_code = ${unitCode})
      or exists (select from lead where unit_code = ${unitCode})
      or exists (select from bonus where unit_code = ${unitCode})
      or exists (select from pre_report where unit_code = ${unitCode})
      or exists (select from adoption where unit_code = ${unitCode})
      or exists (select from account where unit_code = ${unitCode})
      or exists (select from api_token where unit_code = ${unitCode}) as "isUsed"`.execute(trx)
  return rows[0]?.isUsed === true
}
