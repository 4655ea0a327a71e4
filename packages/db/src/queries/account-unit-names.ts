import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** Names of units as they are on a day, for the accounts that belong to them. Ask with the comparison's handle. */
export async function listNamesOfUnits(
  db: Db,
  unitCodes: readonly string[],
  onDate: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ unitCode: string; name: string }>`
    select distinct on (unit_code) unit_code as "unitCode", name from unit_period
    where replaced_at is null and unit_code = any (${unitCodes}::text[])
    order by unit_code, (coalesce(valid_from, '-infinity') <= ${onDate}::date) desc, valid_from desc nulls last`.execute(
    db,
  )
  return new Map(rows.map(({ name, unitCode }) => [unitCode, name]))
}
