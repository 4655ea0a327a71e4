import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** Codes and names of the units of a staged units file, in order of appearance; of refused rows too. */
export async function listStageUnits(trx: Db): Promise<{ unitCode: string; name: string }[]> {
  const { rows } = await sql<{ unitCode: string; name: string }>`
    select unit_code as "unitCode", coalesce(max(name), '') as name from import_stage
    where unit_code is not null group by unit_code order by min(row_number)`.execute(trx)
  return rows
}
