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
  writeStage,
} from '@zhidu/db'
import { lockFacts } from '../facts-lock.ts'
import { listFrozenTouches } from '../import/frozen-touches.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { ServiceError } from '../service-error.ts'

type JudgedKind = 'checks' | 'misreports'

/** One fact that people decided, as the row of a file would bring it. */
export interface JudgedFact {
  readonly kind: JudgedKind
  readonly code: string
  /** In the order of the kind's columns. */
  readonly values: readonly (string | number | readonly string[] | null)[]
  /** Reason of the refusal when the row is not taken; its `why` says which check refused it. */
  readonly refusedAs: string
}

export interface RecordedBy {
  readonly name: string
  readonly unitCode: string
  /** Hash of the document behind it, hex. */
  readonly sha256: string
  /** Epoch ms. */
  readonly at: number
}

async function assertTaken(trx: Db, refusedAs: string): Promise<void> {
  for await (const page of listStageIssues(trx)) {
    const refused = page.find(({ isWarning }) => !isWarning)
    if (refused !== undefined) throw new ServiceError('conflict', refusedAs, { why: refused.code })
  }
}

/**
 * Puts one fact on record as an import of a file with that one row would, rollups included, in the caller's transaction. Says
 * which frozen quarters it comes too late for: there it is a supplement that counts nowhere.
 */
export async function recordJudgedFact(trx: Db, fact: JudgedFact, by: RecordedBy): Promise<readonly string[]> {
  const { code, kind, refusedAs, values } = fact
  await lockFacts(trx)
  await createStage(trx, kind)
  await copyRows(trx, stageTarget(kind), [[1, false, null, ...values]])
  await analyzeStage(trx)
  await checkStage(trx, kind)
  await checkReach(trx, kind)
  await assertTaken(trx, refusedAs)
  const counts = await compareStage(trx, kind)
  // A code of one's own that is on record already is not written over.
  if (kind === 'misreports' && counts.created !== 1)
    throw new ServiceError('conflict', refusedAs, { why: 'code_taken' })
  const frozen = await listFrozenTouches(trx, kind)
  await writeStage(trx, kind, {
    import_id: randomUUID(),
    kind,
    file_name: code,
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
  await collectTouched(trx, kind)
  await refreshUnitQuarters(trx, { touched: listTouched(trx), asOf: by.at, obligations: null })
  return frozen.map(({ quarter }) => quarter)
}
