import { sql } from 'kysely'

/** For `selectFrom`: units as rows, to ask about one after another with `innerJoinLateral`. */
export function ofUnit(unitCodes: readonly string[]) {
  return sql<{ unit_code: string }>`unnest(${unitCodes}::text[])`.as<'of_unit'>(sql`of_unit(unit_code)`)
}
