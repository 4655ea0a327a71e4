import type { Quarter } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'

/** Quarters in which some unit has a rollup, newest first; one index step a quarter. */
export async function listQuartersWithFacts(db: ReadonlyDb): Promise<Quarter[]> {
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
