import { type Kind, toCellText } from '@zhidu/contract'
import { readIssues, type SpooledIssue } from './issue-spool.ts'
import { openRows } from './read-rows.ts'

/** Rows as typed, with what is said about each; not yet worded. */
export interface PreviewSample {
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly row: number
    readonly cells: readonly string[]
    readonly issues: readonly SpooledIssue[]
  }[]
}

export const EMPTY_SAMPLE: PreviewSample = { columns: [], rows: [] }
const MAX_ROWS = 20
const MAX_CELL_CHARACTERS = 200

/** Issues of the first rows that are refused; of the first with a warning when none is. */
async function collectIssues(issuesPath: string): Promise<Map<number, SpooledIssue[]>> {
  const refused = new Map<number, SpooledIssue[]>()
  const warned = new Map<number, SpooledIssue[]>()
  for await (const issue of readIssues(issuesPath)) {
    if (issue.row < 2) continue
    const rows = issue.isWarning ? warned : refused
    const known = rows.get(issue.row)
    if (known !== undefined) known.push(issue)
    else if (rows.size < MAX_ROWS) rows.set(issue.row, [issue])
    else if (!issue.isWarning) break
  }
  return refused.size > 0 ? refused : warned
}

/** The rows of the file that a preview shows: those with issues, else the first ones. */
export async function readSample(args: {
  readonly kind: Kind
  readonly path: string
  readonly issuesPath: string
  readonly signal: AbortSignal
}): Promise<PreviewSample> {
  const issues = await collectIssues(args.issuesPath)
  const last = Math.max(...issues.keys(), 0)
  const source = await openRows(args.kind, args.path, args.signal)
  const rows: PreviewSample['rows'][number][] = []
  try {
    const shown = source.plan.flatMap((column, index) =>
      column === null || column === 'passed_over' ? [] : [{ key: column.key, index }],
    )
    for await (const batch of source.batches) {
      for (const { cells, row } of batch.rows) {
        const isWanted = issues.size === 0 || issues.has(row)
        if (!isWanted || rows.length >= MAX_ROWS) continue
        rows.push({
          row,
          cells: shown.map(({ index }) => toCellText(cells[index]).slice(0, MAX_CELL_CHARACTERS)),
          issues: issues.get(row) ?? [],
        })
      }
      if (rows.length >= MAX_ROWS || (issues.size > 0 && (rows.at(-1)?.row ?? 0) >= last)) break
    }
    return { columns: shown.map(({ key }) => key), rows }
  } finally {
    await source.close()
  }
}
