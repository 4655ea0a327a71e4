import { type Expression, sql } from 'kysely'

interface Ending<Q> {
  modifyEnd(end: Expression<unknown>): Q
}

/**
 * For `$call`, last: every connection plans the statement once and keeps it. Under row-level security planning costs more than
 * most requests' statements. Only for those of which one plan is right whatever is asked: found by a key, or unit by unit.
 */
export function kept<Q extends Ending<Q>>(query: Q): Q {
  return query.modifyEnd(sql`/* kept */`)
}
