import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type ImportResult, type Kind, KIND_SHEETS } from '@zhidu/contract'
import {
  analyzeStage,
  asReadonly,
  checkReach,
  checkStage,
  collectTouched,
  compareStage,
  copyIssues,
  copyRows,
  type CopyValue,
  createStage,
  type Db,
  listStageIssues,
  listStageUnits,
  listTouched,
  listUnitPeriods,
  rebuildUnitClosure,
  refreshEventCases,
  type StageCounts,
  stageTarget,
  writeStage,
} from '@zhidu/db'
import { TableError } from '@zhidu/documents'
import { localDateOf } from '@zhidu/domain'
import { type ChangeNote, appendDone, recordRefusal } from '../audit/record-audit.ts'
import type { Actor } from '../actor.ts'
import type { ServiceContext } from '../context.ts'
import { withReach } from '../snapshot.ts'
import { clearDemonstration } from '../demonstration/demonstration.ts'
import { lockFacts } from '../facts-lock.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { OBLIGATIONS_OF } from '../obligation/obligation-change.ts'
import { assertMayImport } from './assert-may-import.ts'
import { createBreather } from './breather.ts'
import type { ImportArgs, ImportOutcome, ImportProgress } from './import-types.ts'
import { IssueSpool, readFirstIssues, readIssues, type SpooledIssue } from './issue-spool.ts'
import { listFrozenTouches } from './frozen-touches.ts'
import { createNearestUnit } from './nearest-unit.ts'
import { HeaderError, openRows, type OpenRows, toStageRows } from './read-rows.ts'

/** Issues of either sort that a result holds; the others are in the spool. */
const ISSUES_IN_RESULT = 1_000
const WAIT_MESSAGE_MS = 500
const STATEMENT_TIMEOUT_SECONDS = 3_600

function senderOf(actor: Actor): { imported_by: string | null; unit_code: string | null } {
  switch (actor.kind) {
    case 'account':
      return { imported_by: actor.displayName, unit_code: actor.unitCode }
    case 'token':
      return { imported_by: actor.name, unit_code: actor.unitCode }
    default:
      return { imported_by: null, unit_code: null }
  }
}

/** Ends the transaction without keeping anything: a dry run, or a file that is refused. */
class NothingKept extends Error {
  override readonly name = 'NothingKept'
}

interface Found {
  readonly counts: StageCounts
  readonly isRefused: boolean
  readonly errorTotal: number
  readonly warningTotal: number
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

async function* toIssueRows(path: string): AsyncGenerator<readonly CopyValue[]> {
  for await (const { code, column, isWarning, params, row, value } of readIssues(path)) {
    yield [row, isWarning, column, value, code, JSON.stringify(params)]
  }
}

/** Puts the issues of the stage into the spool, by row and column, with the units that were probably meant. */
async function spoolStageIssues(trx: Db, kind: Kind, spool: IssueSpool): Promise<void> {
  const periods = await listUnitPeriods(asReadonly(trx))
  const staged = kind === 'units' ? await listStageUnits(trx) : []
  const units = [...new Map([...periods, ...staged].map((unit) => [unit.unitCode, unit])).values()]
  const nearest = createNearestUnit(units)
  const complete = (issue: SpooledIssue): SpooledIssue => {
    if (issue.code !== 'unit_unknown' && issue.code !== 'parent_unknown') return issue
    if (units.length === 0) return { ...issue, code: 'unit_none' }
    const meant = nearest(issue.value ?? '')
    return { ...issue, params: { nearest: meant === undefined ? '—' : `${meant.unitCode} ${meant.name}` } }
  }
  const columns = KIND_SHEETS[kind].columns.map(({ key }) => key)
  const placeOf = ({ column }: SpooledIssue): number => (column === null ? columns.length : columns.indexOf(column))
  let ofRow: SpooledIssue[] = []
  const endRow = (): void => {
    for (const issue of ofRow.sort((a, b) => placeOf(a) - placeOf(b))) spool.add(issue)
    ofRow = []
  }
  const breather = createBreather()
  for await (const page of listStageIssues(trx)) {
    for (const { issueId: _, ...issue } of page) {
      if (ofRow[0] !== undefined && ofRow[0].row !== issue.row) endRow()
      ofRow.push(complete(issue))
      if (breather.isDue()) await breather.rest()
    }
    await spool.flush()
  }
  endRow()
  await spool.close()
}

/** Waits for other imports; says so when it takes longer than half a second. */
async function takeLock(trx: Db, onWait: () => void): Promise<void> {
  const timer = setTimeout(onWait, WAIT_MESSAGE_MS)
  try {
    await lockFacts(trx)
  } finally {
    clearTimeout(timer)
  }
}

class ImportRun {
  readonly #ctx: ServiceContext
  readonly #args: ImportArgs
  readonly #folder: string
  #progress: ImportProgress = { phase: 'reading', rowsRead: 0, bytesRead: 0, bytesTotal: 0 }

  constructor(ctx: ServiceContext, args: ImportArgs, folder: string) {
    this.#ctx = ctx
    this.#args = args
    this.#folder = folder
  }

  get issuesPath(): string {
    return join(this.#folder, 'issues.ndjson')
  }

  #say(change: Partial<ImportProgress>): void {
    this.#progress = { ...this.#progress, ...change }
    this.#args.onProgress?.(this.#progress)
  }

  /** Rows into the stage, with what is wrong with each by itself. */
  async #stage(trx: Db, rows: OpenRows, now: number): Promise<void> {
    const { kind, signal } = this.#args
    await createStage(trx, kind)
    const spool = await IssueSpool.create(join(this.#folder, 'rows.ndjson'))
    const source = toStageRows(kind, rows, {
      now,
      spool,
      signal,
      onBatch: (rowsRead, bytesRead) => this.#say({ rowsRead, bytesRead }),
    })
    await copyRows(trx, stageTarget(kind), source)
    if (spool.errorCount + spool.warningCount > 0) await copyIssues(trx, toIssueRows(spool.path))
    await analyzeStage(trx)
  }

  /** Judges the staged file as a whole; the issues are in the spool afterwards. */
  async #check(trx: Db): Promise<Found> {
    const { acceptValid, kind, signal } = this.#args
    signal?.throwIfAborted()
    this.#say({ phase: 'checking' })
    const spool = await IssueSpool.create(this.issuesPath)
    if (this.#args.isDemonstration !== true && (await clearDemonstration(trx, kind === 'units'))) {
      spool.add({ row: 0, column: null, value: null, code: 'demonstration_replaced', params: {}, isWarning: true })
    }
    await checkStage(trx, kind)
    await checkReach(trx, kind)
    signal?.throwIfAborted()
    const counts = await compareStage(trx, kind)
    for (const touch of await listFrozenTouches(trx, kind)) {
      spool.add({ row: 0, column: null, value: null, code: 'quarter_frozen', params: touch, isWarning: true })
    }
    await spoolStageIssues(trx, kind, spool)
    const accepted = counts.rows - counts.rejected
    return {
      counts,
      isRefused: counts.rejected > 0 && (!acceptValid || accepted === 0),
      errorTotal: spool.errorCount,
      warningTotal: spool.warningCount,
    }
  }

  async #write(trx: Db, counts: StageCounts, now: number): Promise<void> {
    const { fileName, kind, path, signal } = this.#args
    signal?.throwIfAborted()
    if (counts.created + counts.updated === 0) return
    this.#say({ phase: 'writing' })
    await writeStage(trx, kind, {
      import_id: randomUUID(),
      kind,
      file_name: fileName,
      sha256: await sha256Of(path),
      row_count: counts.rows,
      created_count: counts.created,
      updated_count: counts.updated,
      unchanged_count: counts.unchanged,
      rejected_count: counts.rejected,
      importedAt: now,
      ...senderOf(this.#ctx.actor),
    })
    signal?.throwIfAborted()
    await collectTouched(trx, kind)
    if (kind === 'units') await rebuildUnitClosure(trx)
    if (kind === 'reports') await refreshEventCases(trx)
    await refreshUnitQuarters(trx, {
      touched: listTouched(trx),
      asOf: now,
      obligations: OBLIGATIONS_OF[kind] ?? null,
      onProgress: (done, total) => this.#say({ done, total }),
      ...(signal !== undefined && { signal }),
    })
  }

  /** One transaction for everything: it is all there afterwards, or nothing. */
  async #transact(): Promise<Found> {
    let found: Found | undefined
    const work = async (trx: Db): Promise<void> => {
      const { dryRun, kind, path, signal } = this.#args
      const now = this.#ctx.clock()
      const rows = await openRows(kind, path, signal)
      try {
        this.#say({ phase: 'reading', rowsRead: 0, bytesRead: 0, bytesTotal: rows.table.bytesTotal })
        await this.#stage(trx, rows, now)
      } finally {
        await rows.close()
      }
      if (!dryRun) await takeLock(trx, () => this.#say({ phase: 'waiting' }))
      found = await this.#check(trx)
      if (dryRun || found.isRefused) throw new NothingKept()
      await this.#write(trx, found.counts, now)
      if (this.#args.beforeCommit !== undefined) await this.#args.beforeCommit(trx, await this.#toOutcome(found))
      await appendDone(this.#ctx, trx, this.#note(found.counts))
    }
    try {
      const today = localDateOf(this.#ctx.clock())
      await withReach(this.#ctx, today, work, { statementTimeoutSeconds: STATEMENT_TIMEOUT_SECONDS })
    } catch (error) {
      if (!(error instanceof NothingKept)) throw error
    }
    if (found === undefined) throw new RangeError('the transaction ended without a finding')
    return found
  }

  /** The file cannot be read at all. */
  async #refuseFile(error: TableError | HeaderError): Promise<ImportOutcome> {
    const { kind, language } = this.#args
    const issues =
      error instanceof HeaderError
        ? error.issues.map((issue) => ({ ...issue, row: 1, isWarning: false }))
        : [{ row: 0, column: null, value: null, code: error.code, params: error.params, isWarning: false }]
    const spool = await IssueSpool.create(this.issuesPath)
    for (const issue of issues) spool.add(issue)
    await spool.close()
    const total = { errors: issues.length, warnings: 0 }
    const { errors } = await readFirstIssues({ path: this.issuesPath, kind, language, total }, ISSUES_IN_RESULT)
    const none = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 }
    const [first] = issues
    return {
      status: 'refused',
      result: { kind, ...none, errors, warnings: [] },
      errorTotal: issues.length,
      warningTotal: 0,
      failure: { code: first?.code ?? '', params: first?.params ?? {} },
      issuesPath: this.issuesPath,
    }
  }

  /** What the audit trail says of the file: which, and how many rows; never their contents. */
  #note(counts: Partial<StageCounts>): ChangeNote {
    const { acceptValid, fileName, kind } = this.#args
    return { action: 'import.commit', object: `import/${kind}`, detail: { fileName, acceptValid, ...counts } }
  }

  async run(): Promise<ImportOutcome> {
    const { dryRun } = this.#args
    const outcome = await this.#outcome()
    if (!dryRun && outcome.status === 'refused') {
      const { created, rejected, rows, unchanged, updated } = outcome.result
      const refusal = { reason: outcome.failure?.code ?? 'rows_refused', isAudited: false }
      await recordRefusal(this.#ctx, this.#note({ rows, rejected, created, updated, unchanged }), refusal)
    }
    return outcome
  }

  async #outcome(): Promise<ImportOutcome> {
    let found: Found
    try {
      found = await this.#transact()
    } catch (error) {
      if (error instanceof TableError || error instanceof HeaderError) return this.#refuseFile(error)
      throw error
    }
    return this.#toOutcome(found)
  }

  async #toOutcome(found: Found): Promise<ImportOutcome> {
    const { dryRun, kind, language } = this.#args
    const { counts, errorTotal, isRefused, warningTotal } = found
    const total = { errors: errorTotal, warnings: warningTotal }
    const issues = await readFirstIssues({ path: this.issuesPath, kind, language, total }, ISSUES_IN_RESULT)
    const none = { created: 0, updated: 0, unchanged: 0 }
    const result: ImportResult = {
      kind,
      rows: counts.rows,
      created: counts.created,
      updated: counts.updated,
      unchanged: counts.unchanged,
      rejected: counts.rejected,
      // Nothing of a refused file is there; a dry run says what would be.
      ...(isRefused && !dryRun && none),
      ...issues,
    }
    const status = dryRun ? 'tried' : isRefused ? 'refused' : 'done'
    return { status, result, errorTotal, warningTotal, failure: null, issuesPath: this.issuesPath }
  }
}

/**
 * Reads, checks and, unless it is a dry run or a refused file, writes one file: all or nothing, rollups included.
 * `folder` takes its working files; the caller removes it. Rejects with the reason of `signal` when that is aborted.
 */
export async function runImport(ctx: ServiceContext, args: ImportArgs, folder: string): Promise<ImportOutcome> {
  await assertMayImport(ctx, args.kind)
  return await new ImportRun(ctx, args, folder).run()
}
