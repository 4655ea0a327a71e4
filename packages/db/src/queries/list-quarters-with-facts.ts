import type { Quarter } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { findScope, inScope } from '../transaction/scope.ts'

/** By the units in reach; over the whole installation it would read every rollup. */
async function listInReach(db: ReadonlyDb): Promise<Quarter[]> {
  const rows = await db
    .selectFrom('unit_quarter')
    .select('quarter')
    .distinct()
    .$call(inScope(db, 'quarters-with-facts', 'unit_code'))
    .orderBy('quarter', 'desc')
    .execute()
  return rows.map((row) => row.quarter)
}

/** Quarters in which some unit has a rollup, newest first; over the whole installation one index step a quarter. */
export async function listQuartersWithFacts(db: ReadonlyDb): Promise<Quarter[]> {
  if (findScope(db)?.unitCodes !== null) return await listInReach(db)
  const rows = await db
    .withRecursive('step', (cte) =>
      cte
        .selectNoFrom((eb) =>
          eb
            .selectFrom('unit_quarter')
            .select((max) => max.fn.max('quarter').as('quarter'))
            .as('quarter'),
        )
        .unionAll((union) =>
          union
            .selectFrom('step')
            .select((eb) =>
              eb
                .selectFrom('unit_quarter')
                .select((max) => max.fn.max('unit_quarter.quarter').as('quarter'))
                .whereRef('unit_quarter.quarter', '<', 'step.quarter')
                .as('quarter'),
            )
            .where('step.quarter', 'is not', null),
        ),
    )
    .selectFrom('step')
    .select('quarter')
    .where('quarter', 'is not', null)
    .orderBy('quarter', 'desc')
    .execute()
  return rows.flatMap((row) => row.quarter ?? [])
}
