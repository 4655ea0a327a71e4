import type { CheckFact, CheckMethod, Finding } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { InstantRange } from './list-case-reports.ts'
import { inScope } from '../transaction/scope.ts'

export interface CheckFilter {
  readonly range: InstantRange
  /** Empty = every unit. */
  readonly unitCodes: readonly string[]
  readonly method: CheckMethod | null
  readonly finding: Finding | null
  /** Part of the check code. */
  readonly codePart: string | null
}

/** Place of a check in the list: newest first, then by code. */
export interface CheckCursor {
  /** Epoch ms. */
  readonly checkedAt: number
  readonly checkCode: string
}

export function checksQuery(db: ReadonlyDb, filter: CheckFilter, after: CheckCursor | null, limit: number) {
  const { codePart, finding, method, range, unitCodes } = filter
  return db
    .selectFrom('check_record')
    .select([
      'check_code as checkCode',
      'unit_code as unitCode',
      'method',
      'checked_at as checkedAt',
      'inspectors',
      'findings',
      'note',
    ])
    .where('replaced_at', 'is', null)
    .where('checked_at', '>=', instant(range.from))
    .where('checked_at', '<', instant(range.to))
    .$if(unitCodes.length > 0, (query) => query.where('unit_code', 'in', unitCodes))
    .$if(method !== null, (query) => query.where('method', '=', method as CheckMethod))
    .$if(finding !== null, (query) => query.where(sql<boolean>`${finding} = any (findings)`))
    .$if(codePart !== null, (query) => query.where(sql<boolean>`strpos(check_code, ${codePart}) > 0`))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(checked_at, check_code) < (${instant(after?.checkedAt ?? 0)}, ${after?.checkCode ?? ''})`,
      ),
    )
    .$call(inScope(db, 'checks', 'unit_code'))
    .orderBy('checked_at', 'desc')
    .orderBy('check_code', 'desc')
    .limit(limit)
}

/** Current checks of a list, newest first. */
export function listChecks(
  db: ReadonlyDb,
  filter: CheckFilter,
  after: CheckCursor | null,
  limit: number,
): Promise<CheckFact[]> {
  return checksQuery(db, filter, after, limit).execute()
}
