import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ImportIssue, type ImportResult, type Kind, type Language, unescapeCellText } from '@zhidu/contract'
import { toCsv } from '@zhidu/documents'
import type { ServiceContext } from '../context.ts'
import { assertMayImport } from '../import/assert-may-import.ts'
import type { ImportOutcome } from '../import/import-types.ts'
import { readIssues, type SpooledIssue, toImportIssue } from '../import/issue-spool.ts'
import { runImport } from '../import/run-import.ts'
import { answerOnce, type RestAnswer, WORK_MS } from './answer-once.ts'
import { toCells } from './record-cells.ts'
import { inLine } from './write-queue.ts'

export interface RestWriteArgs {
  readonly kind: Kind
  readonly records: readonly unknown[]
  readonly dryRun: boolean
  readonly acceptValid: boolean
  readonly language: Language
  readonly idempotencyKey: string | null
  /** The body as it came: two requests are the same when it is. */
  readonly body: Uint8Array
}

const ISSUES_IN_ANSWER = 1_000
/** Fields of messages that name rows. */
const ROW_PARAMS = ['rows', 'other']

/** Rows of the file stand below its header; a record has the number of its place in the list. */
function toRecordIssue(issue: SpooledIssue): SpooledIssue {
  const params: Record<string, string> = { ...issue.params }
  if (issue.code === 'duplicate' || issue.code === 'interval_overlap_row') {
    for (const name of ROW_PARAMS) {
      if (params[name] !== undefined) params[name] = params[name].replace(/\d+/g, (row) => String(Number(row) - 1))
    }
  }
  const value = issue.value === null ? null : unescapeCellText(issue.value)
  return { ...issue, params, value, row: Math.max(issue.row - 1, 0) }
}

/** Whether nothing was, or at a try would be, taken. */
function isRefused({ acceptValid }: RestWriteArgs, { result, status }: ImportOutcome): boolean {
  return status === 'refused' || (status === 'tried' && result.rejected > 0 && !acceptValid)
}

async function toAnswer(args: RestWriteArgs, outcome: ImportOutcome): Promise<Omit<RestAnswer, 'isReplay'>> {
  const { kind, language } = args
  const errors: ImportIssue[] = []
  const warnings: ImportIssue[] = []
  for await (const issue of readIssues(outcome.issuesPath)) {
    const list = issue.isWarning ? warnings : errors
    if (list.length < ISSUES_IN_ANSWER) list.push(toImportIssue(kind, toRecordIssue(issue), language))
  }
  const result: ImportResult = { ...outcome.result, errors, warnings }
  return { status: isRefused(args, outcome) ? 422 : 200, body: JSON.stringify(result) }
}

function hashOf({ acceptValid, body, dryRun, kind }: RestWriteArgs): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([kind, dryRun, acceptValid]))
    .update(body)
    .digest()
}

/**
 * Writes records as an import of a file would: by the same parser and checks, all or nothing unless valid ones are to be
 * taken, one entry in the audit trail. The answer is `zhidu import --json`, rows counted from 1; status 422 = refused.
 * The answer is kept under `idempotencyKey` in the transaction that writes. Throws ServiceError for a key that may not, for
 * records no file could hold, and as `answerOnce` does.
 */
export async function writeRestRecords(ctx: ServiceContext, args: RestWriteArgs): Promise<RestAnswer> {
  const { acceptValid, dryRun, kind, language } = args
  await assertMayImport(ctx, kind)
  const { header, rows } = toCells(kind, args.records)
  return await answerOnce(ctx, { key: args.idempotencyKey, hash: hashOf(args) }, (keep) =>
    inLine(ctx.db, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'zhidu-rest-'))
      try {
        const path = join(folder, 'records.csv')
        await pipeline(Readable.from(toCsv(header, Readable.from([rows]))), createWriteStream(path))
        const outcome = await runImport(
          ctx,
          {
            kind,
            path,
            fileName: `api/v1/${kind}`,
            dryRun,
            acceptValid,
            language,
            signal: AbortSignal.timeout(WORK_MS),
            beforeCommit: async (trx, written) => keep(trx, await toAnswer(args, written)),
          },
          folder,
        )
        return await toAnswer(args, outcome)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }),
  )
}
