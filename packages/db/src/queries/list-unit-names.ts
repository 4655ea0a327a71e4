import { sql } from 'kysely'
import type { Db } from '../db.ts'

/**
 * Name of every unit as it is on a day, and how many units its subtree holds then; for the administrators, who see names and
 * numbers and no fact. Ask with the comparison's handle.
 */
export async function listUnitNames(
  db: Db,
  onDate: string,
): Promise<ReadonlyMap<string, { readonly name: string; readonly unitCount: number }>> {
  const { rows } = await sql<{ unitCode: string; name: string; unitCount: number }>`
    select p.unit_code as "unitCode", p.name, (select count(*) from unit_closure c where c.ancestor_code = p.unit_code
      and c.valid_from <= ${onDate}::date and ${onDate}::date < c.valid_to) as "unitCount"
    from (
      select distinct on (unit_code) unit_code, name from unit_period
      where replaced_at is null
      order by unit_code, (coalesce(valid_from, '-infinity') <= ${onDate}::date) desc, valid_from desc nulls last
    ) p order by p.unit_code`.execute(db)
  return new Map(rows.map(({ name, unitCode, unitCount }) => [unitCode, { name, unitCount: Number(unitCount) }]))
}
