import {
  KIND_SHEETS,
  type Kind,
  type Language,
  REASON_COLUMN,
  type SourceCell,
  toCellText,
  unescapeCellText,
  wordIssue,
} from '@zhidu/contract'
import { toXlsx } from '@zhidu/documents'
import type { ServiceContext } from '../context.ts'
import { readIssues, type SpooledIssue } from './issue-spool.ts'
import { openRows } from './read-rows.ts'
import { buildTemplate } from './template.ts'

/** Up to here the file is the template itself with its drop-downs; beyond, a plain sheet written as it comes. */
const MAX_TEMPLATE_ROWS = 5_000
const ROWS_PER_BATCH = 500
/** Longest text a spreadsheet cell takes. */
const MAX_CELL_CHARACTERS = 32_000

export interface RefusedArgs {
  readonly kind: Kind
  /** The file as it was imported. */
  readonly path: string
  readonly issuesPath: string
  readonly language: Language
  readonly signal?: AbortSignal | undefined
}

interface RefusedRow {
  readonly row: number
  readonly reason: string
}

/** Row by row what is wrong, in order of rows; what is said of the whole file is left out. */
async function* toRefused({ issuesPath, kind, language }: RefusedArgs): AsyncGenerator<RefusedRow> {
  let row = 0
  let reasons: string[] = []
  const word = (issue: SpooledIssue): string => {
    const { accepted, reason } = wordIssue(kind, issue, language)
    return language === 'zh-CN' ? `${reason}。${accepted}` : `${reason}. ${accepted}`
  }
  for await (const issue of readIssues(issuesPath)) {
    if (issue.isWarning || issue.row < 2) continue
    if (issue.row !== row && reasons.length > 0) yield { row, reason: reasons.join('\n') }
    if (issue.row !== row) reasons = []
    row = issue.row
    reasons.push(word(issue))
  }
  if (reasons.length > 0) yield { row, reason: reasons.join('\n') }
}

/**
 * As meant: the writer puts the apostrophe back that an export or a careful person wrote. A formula leaves its cell empty,
 * for it would only be refused again.
 */
function toText(cell: SourceCell | undefined): string {
  const text = toCellText(cell)
  return text.startsWith('=') ? '' : unescapeCellText(text).slice(0, MAX_CELL_CHARACTERS)
}

/** Cells of the refused rows in the order of the template, the reason last. */
async function* toRows(args: RefusedArgs): AsyncGenerator<string[][]> {
  const { columns } = KIND_SHEETS[args.kind]
  const refused = toRefused(args)
  let next = await refused.next()
  const source = await openRows(args.kind, args.path, args.signal)
  try {
    const places = columns.map((column) =>
      source.plan.findIndex((planned) => planned !== null && planned !== 'passed_over' && planned.key === column.key),
    )
    let batch: string[][] = []
    for await (const { rows } of source.batches) {
      for (const { cells, row } of rows) {
        if (next.done === true) break
        if (next.value.row !== row) continue
        batch.push([...places.map((place) => toText(cells[place])), next.value.reason.slice(0, MAX_CELL_CHARACTERS)])
        next = await refused.next()
      }
      if (batch.length >= ROWS_PER_BATCH) {
        yield batch
        batch = []
      }
      if (next.done === true) break
    }
    if (batch.length > 0) yield batch
  } finally {
    await source.close()
    await refused.return(undefined)
  }
}

/**
 * The refused rows in the kind's own template with the reason in the last column; corrected, the file can be imported as
 * it is. Throws what `readTable` throws when the file itself cannot be read.
 */
export async function* toRefusedXlsx(ctx: ServiceContext, args: RefusedArgs): AsyncGenerator<Uint8Array> {
  const batches = toRows(args)
  const held: string[][] = []
  let next = await batches.next()
  while (next.done !== true && held.length <= MAX_TEMPLATE_ROWS) {
    held.push(...next.value)
    next = await batches.next()
  }
  if (next.done === true) {
    yield await buildTemplate(ctx, {
      kind: args.kind,
      language: args.language,
      filled: { rows: held, hasReason: true },
    })
    return
  }
  const { columns, name } = KIND_SHEETS[args.kind]
  const rest = next.value
  async function* all(): AsyncGenerator<string[][]> {
    yield held
    yield rest
    yield* batches
  }
  const titles = columns.map((column) => (args.language === 'zh-CN' ? column.name['zh-CN'] : column.key))
  yield* toXlsx({
    sheetName: name[args.language],
    header: [...titles, REASON_COLUMN[args.language]],
    widths: [...columns.map(() => 18), 70],
    rows: all(),
  })
}
