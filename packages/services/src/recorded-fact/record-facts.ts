import { randomUUID } from 'node:crypto'
import type { Kind } from '@zhidu/contract'
import {
  analyzeStage,
  checkReach,
  checkStage,
  collectTouched,
  compareStage,
  copyRows,
  type CopyValue,
  createStage,
  type Db,
  listStageIssues,
  listTouched,
  refreshEventCases,
  stageTarget,
  writeStage,
} from '@zhidu/db'
import { lockFacts } from '../facts-lock.ts'
import { listFrozenTouches } from '../import/frozen-touches.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { OBLIGATIONS_OF } from '../obligation/obligation-change.ts'
import { ServiceError } from '../service-error.ts'

/** Facts that a person put on record, as the rows of a file would bring them. */
export interface RecordedFacts {
  readonly kind: Exclude<Kind, 'units'>
  /** Of the document behind them; stands where a file's name would. */
  readonly code: string
  /** In the order of the kind's columns. */
  readonly rows: readonly (readonly CopyValue[])[]
  /** Refuse to write over what is on record already. */
  readonly isNew: boolean
  /** Of what is written, for a table that says what it was; missing = a new one. */
  readonly importId?: string
  /** Reason of the refusal when a row is not taken; its `why` says which check refused it. */
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
 * Puts facts on record as an import of a file with those rows would, rollups and what is owed included, in the caller's
 * transaction. Says which frozen quarters they come too late for: there they are a supplement that counts nowhere.
 * Throws ServiceError `conflict` with `refusedAs`, nothing written.
 */
export async function recordFacts(trx: Db, facts: RecordedFacts, by: RecordedBy): Promise<readonly string[]> {
  const { code, isNew, kind, refusedAs, rows } = facts
  await lockFacts(trx)
  await createStage(trx, kind)
  await copyRows(
    trx,
    stageTarget(kind),
    rows.map((values, index): readonly CopyValue[] => [index + 1, false, null, ...values]),
  )
  await analyzeStage(trx)
  await checkStage(trx, kind)
  await checkReach(trx, kind)
  await assertTaken(trx, refusedAs)
  const counts = await compareStage(trx, kind)
  if (isNew && counts.created !== rows.length) throw new ServiceError('conflict', refusedAs, { why: 'code_taken' })
  const frozen = await listFrozenTouches(trx, kind)
  await writeStage(trx, kind, {
    import_id: facts.importId ?? randomUUID(),
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
  if (kind === 'reports') await refreshEventCases(trx)
  await refreshUnitQuarters(trx, {
    touched: listTouched(trx),
    asOf: by.at,
    obligations: OBLIGATIONS_OF[kind] ?? null,
  })
  return frozen.map(({ quarter }) => quarter)
}
