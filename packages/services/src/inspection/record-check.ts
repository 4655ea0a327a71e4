import { type Db, toInstantText } from '@zhidu/db'
import type { CheckFact } from '@zhidu/domain'
import { type RecordedBy, recordFacts } from '../recorded-fact/record-facts.ts'

/** Puts one check on record, as `recordFacts` says. */
export function recordCheck(trx: Db, check: CheckFact, by: RecordedBy): Promise<readonly string[]> {
  const { checkCode, checkedAt, findings, inspectors, method, note, unitCode } = check
  const values = [checkCode, unitCode, method, toInstantText(checkedAt), inspectors, findings, note]
  return recordFacts(
    trx,
    { kind: 'checks', code: checkCode, rows: [values], isNew: false, refusedAs: 'inspection_check_refused' },
    by,
  )
}
