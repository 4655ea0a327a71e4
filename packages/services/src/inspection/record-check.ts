import { type Db, toInstantText } from '@zhidu/db'
import type { CheckFact } from '@zhidu/domain'
import { type RecordedBy, recordJudgedFact } from '../judged-fact/record-judged-fact.ts'

/** Puts one check on record, as `recordJudgedFact` says. */
export function recordCheck(trx: Db, check: CheckFact, by: RecordedBy): Promise<readonly string[]> {
  const { checkCode, checkedAt, findings, inspectors, method, note, unitCode } = check
  const values = [checkCode, unitCode, method, toInstantText(checkedAt), inspectors, findings, note]
  return recordJudgedFact(trx, { kind: 'checks', code: checkCode, values, refusedAs: 'inspection_check_refused' }, by)
}
