import type { HolidayBlock, Regulation } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** Adds a version of a regulation; a version that is there already stays as it is. */
export async function addRegulation(db: Db, regulation: Regulation): Promise<void> {
  await db
    .insertInto('regulation')
    .values({
      regulation_id: regulation.id,
      version: regulation.version,
      effective_from: regulation.effectiveFrom,
      document: sql`${JSON.stringify(regulation)}::jsonb`,
    })
    .onConflict((conflict) => conflict.columns(['regulation_id', 'version']).doNothing())
    .execute()
}

/** Adds holiday blocks; a block that is there already stays as it is. */
export async function addHolidays(db: Db, blocks: readonly HolidayBlock[]): Promise<void> {
  if (blocks.length === 0) return
  await db
    .insertInto('holiday')
    .values(
      blocks.map((block) => ({
        year: block.year,
        name: block.name,
        first_day_off: block.firstDayOff,
        last_day_off: block.lastDayOff,
        makeup_workdays: [...block.makeupWorkdays],
      })),
    )
    .onConflict((conflict) => conflict.columns(['year', 'name']).doNothing())
    .execute()
}
