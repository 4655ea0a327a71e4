import type { CheckFact } from '@zhidu/domain'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

/** The current version of one check, or undefined. */
export function findCheck(db: ReadonlyDb, checkCode: string): Promise<CheckFact | undefined> {
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
    .where('check_code', '=', checkCode)
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'check', 'unit_code'))
    .$call(kept)
    .executeTakeFirst()
}
