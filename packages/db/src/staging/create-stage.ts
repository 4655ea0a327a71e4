import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { type CopyTarget, copyRows, type CopyValue } from '../queries/copy-rows.ts'
import { STAGE_KINDS, type StageKindKey } from './stage-kinds.ts'

/**
 * Where a file stands before it is judged as a whole: `import_stage` holds its rows, typed, with what could be read of
 * refused ones; `import_issue` what is to be said about them. Both go when the transaction ends.
 */
export async function createStage(trx: Db, key: StageKindKey): Promise<void> {
  const columns = Object.entries(STAGE_KINDS[key].columns).map(([name, type]) => {
    return `${name} ${type}${name.endsWith('_code') ? ' collate "C"' : ''}`
  })
  await sql`drop table if exists pg_temp.import_stage, pg_temp.import_issue, pg_temp.import_change`.execute(trx)
  await sql
    .raw(
      `create temporary table import_stage (row_number integer not null, is_bad boolean not null, bad_columns text[], ${columns.join(', ')}) on commit drop`,
    )
    .execute(trx)
  await sql`create temporary table import_issue (
    issue_id bigint generated always as identity,
    row_number integer not null,
    is_warning boolean not null,
    column_key text,
    value text,
    code text not null,
    params jsonb not null
  ) on commit drop`.execute(trx)
}

/** Row number, refused or not, the refused columns, then the kind's columns in their order. */
export function stageTarget(key: StageKindKey): CopyTarget {
  return {
    table: 'import_stage',
    columns: ['row_number', 'is_bad', 'bad_columns', ...Object.keys(STAGE_KINDS[key].columns)],
  }
}

const ISSUE_TARGET: CopyTarget = {
  table: 'import_issue',
  columns: ['row_number', 'is_warning', 'column_key', 'value', 'code', 'params'],
}

export function copyIssues(trx: Db, rows: AsyncIterable<readonly CopyValue[]>): Promise<number> {
  return copyRows(trx, ISSUE_TARGET, rows)
}

/** After the rows are in: without figures about them the planner guesses badly. */
export async function analyzeStage(trx: Db): Promise<void> {
  await sql`create index on import_stage (row_number)`.execute(trx)
  await sql`analyze import_stage`.execute(trx)
}

/** Refuses every row that has an error. */
export async function markBadRows(trx: Db): Promise<void> {
  await sql`
    update import_stage s set is_bad = true
    where not is_bad and row_number in (select row_number from import_issue where not is_warning)`.execute(trx)
}

export interface StageIssue {
  readonly issueId: number
  readonly row: number
  readonly isWarning: boolean
  readonly column: string | null
  readonly value: string | null
  readonly code: string
  readonly params: Record<string, string>
}

const ISSUES_PER_PAGE = 5_000

/** Every issue in order of rows, and within a row as found. */
export async function* listStageIssues(trx: Db): AsyncGenerator<StageIssue[]> {
  await sql`create index on import_issue (row_number, issue_id)`.execute(trx)
  let last = { row: -1, issueId: 0 }
  for (;;) {
    const { rows } = await sql<StageIssue>`
      select issue_id as "issueId", row_number as "row", is_warning as "isWarning", column_key as "column", value, code, params
      from import_issue where (row_number, issue_id) > (${last.row}, ${last.issueId})
      order by row_number, issue_id limit ${ISSUES_PER_PAGE}`.execute(trx)
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (end === undefined || rows.length < ISSUES_PER_PAGE) return
    last = end
  }
}
