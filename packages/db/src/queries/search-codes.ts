import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

/** `%` and `_` in what somebody typed mean themselves. */
function toPrefixPattern(text: string): string {
  return `${text.replace(/[\\%_]/g, '\\$&')}%`
}

export function eventCodesQuery(db: ReadonlyDb, prefix: string, limit: number) {
  return db
    .selectFrom('report')
    .select(['event_code as code', sql<string>`min(unit_code)`.as('unitCode')])
    .where('event_code', 'like', toPrefixPattern(prefix))
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'event-codes', 'unit_code'))
    .groupBy('event_code')
    .orderBy('event_code')
    .limit(limit)
}

export function checkCodesQuery(db: ReadonlyDb, prefix: string, limit: number) {
  return db
    .selectFrom('check_record')
    .select(['check_code as code', 'unit_code as unitCode'])
    .where('check_code', 'like', toPrefixPattern(prefix))
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'check-codes', 'unit_code'))
    .orderBy('check_code')
    .limit(limit)
}

/** Events whose code begins with `prefix`, each with one of its units. */
export function searchEventCodes(db: ReadonlyDb, prefix: string, limit: number) {
  return eventCodesQuery(db, prefix, limit).execute()
}

export function searchCheckCodes(db: ReadonlyDb, prefix: string, limit: number) {
  return checkCodesQuery(db, prefix, limit).execute()
}
