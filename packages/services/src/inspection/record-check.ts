import { randomUUID } from 'node:crypto'
import {
  analyzeStage,
  checkReach,
  checkStage,
  collectTouched,
  compareStage,
  copyRows,
  createStage,
  type Db,
  listStageIssues,
  listTouched,
  stageTarget,
  toInstantText,
  writeStage,
} from '@zhidu/db'
import type { CheckFact } from '@zhidu/domain'
import { lockFacts } from '../facts-lock.ts'
import { listFrozenTouches } from '../import/frozen-touches.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { ServiceError } from '../service-error.ts'

export interface RecordedBy {
  readonly name: string
  readonly unitCode: string
  /** Hash of the document behind the check, hex. */
  readonly sha256: string
  /** Epoch ms. */
  readonly at: number
}

async function assertTaken(trx: Db): Promise<void> {
  for await (const page of listStageIssues(trx)) {
    const refused = page.find(({ isWarning }) => !isWarning)
    if (refused !== undefined) throw new ServiceError('conflict', 'inspection_check_refused', { why: refused.code })
  }
}

/**
 * Puts one check on record as an import of a file with that one row would, rollups included, in the caller's transaction. Says
 * which frozen quarters it comes too late for: there it is a supplement that counts nowhere.
 */
export async function recordCheck(trx: Db, check: CheckFact, by: RecordedBy): Promise<readonly string[]> {
  await lockFacts(trx)
  await createStage(trx, 'checks')
  const { checkCode, checkedAt, findings, inspectors, method, note, unitCode } = check
  const values = [checkCode, unitCode, method, toInstantText(checkedAt), inspectors, findings, note]
  await copyRows(trx, stageTarget('checks'), [[1, false, null, ...values]])
  await analyzeStage(trx)
  await checkStage(trx, 'checks')
  await checkReach(trx, 'checks')
  await assertTaken(trx)
  const counts = await compareStage(trx, 'checks')
  const frozen = await listFrozenTouches(trx, 'checks')
  await writeStage(trx, 'checks', {
    import_id: randomUUID(),
    kind: 'checks',
    file_name: checkCode,
    sha256: by.sha256,
    row_count: counts.rows,
    created_count: counts.created,
    updated_count: counts.updated,
    unchanged_count: counts.unchanged,
    rejected_count: counts.rejected,
    importedAt: by.at,
    imported_by: by.name,
    unit_code: by.unitCode,
  })
  await collectTouched(trx, 'checks')
  await refreshUnitQuarters(trx, { touched: listTouched(trx), asOf: by.at, obligations: null })
  return frozen.map(({ quarter }) => quarter)
}
