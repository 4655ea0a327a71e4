import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  type ImportIssue,
  type ImportJob,
  type ImportResult,
  type Kind,
  KIND_SHEETS,
  type Language,
} from '@zhidu/contract'
import { toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { toWebStream } from '../export/web-stream.ts'
import { ServiceError } from '../service-error.ts'
import type { ImportOutcome, ImportProgress } from './import-types.ts'
import { readFirstIssues, toImportIssue } from './issue-spool.ts'
import type { Actor } from '../actor.ts'
import { assertMayImport } from './assert-may-import.ts'
import { createJobFolder, saveUpload } from './job-files.ts'
import { EMPTY_SAMPLE, type PreviewSample, readSample } from './preview-sample.ts'
import { toRefusedXlsx } from './refused-rows.ts'
import { runImport } from './run-import.ts'

const ISSUES_SHOWN = 200
const RUNNING_AT_ONCE = 2
/** Kept at once, of everybody and of one person; whoever brings more gives up what is over and was longest untouched. */
const MAX_JOBS = 30
const MAX_JOBS_OF_ONE = 10
const OVER: readonly ImportJob['phase'][] = ['done', 'refused', 'cancelled', 'failed']
const KEPT_MS = 24 * 3_600_000
const SWEEP_MS = 600_000
const STEPS = 5
const STEP_OF = { reading: 2, checking: 3, ready: 4, writing: 5, done: 5, refused: 3, cancelled: 1, failed: 1 } as const

export interface ImportJobsOptions {
  readonly maxUploadBytes: number
  /** Where uploads lie; emptied at the start. Without it a folder of this process among the system's temporary ones. */
  readonly folder?: string
  /** Gets what went wrong unexpectedly, with the number the user sees. */
  readonly onError?: (error: unknown, errorNumber: string) => void
}

/** Files on their way through the page; they live in this process and are gone with it, and nothing written with them. */
export interface ImportJobs {
  /** Throws ServiceError `forbidden` when the actor may not bring this kind. */
  start(
    ctx: ServiceContext,
    input: {
      readonly kind: Kind
      readonly fileName: string
      readonly body: ReadableStream<Uint8Array>
      readonly language: Language
    },
  ): Promise<string>
  get(ctx: ServiceContext, importId: string, language: Language): Promise<ImportJob>
  commit(
    ctx: ServiceContext,
    importId: string,
    options: { readonly acceptValid: boolean; readonly language: Language },
  ): Promise<ImportJob>
  cancel(ctx: ServiceContext, importId: string, language: Language): Promise<ImportJob>
  refusedRows(ctx: ServiceContext, importId: string, language: Language): Promise<ExportedFile>
  /** Stops what runs and removes every upload. */
  close(): Promise<void>
}

interface Job {
  readonly importId: string
  /** Of whoever sent it; nobody else finds the job. */
  readonly ctx: ServiceContext
  readonly kind: Kind
  readonly fileName: string
  readonly folder: string
  readonly path: string
  readonly startedAt: number
  readonly size: number
  readonly abort: AbortController
  phase: ImportJob['phase']
  progress: ImportProgress
  outcome: ImportOutcome | null
  sample: PreviewSample
  errorNumber: string | null
  touchedAt: number
  /** Settles when nothing of the job runs any more. */
  work: Promise<void>
}

const UNEXPECTED: Readonly<Record<Language, readonly [string, string]>> = {
  'zh-CN': ['导入时发生意外错误 {number}，没有改动任何数据', '请重试；仍不行请把错误编号告诉管理员'],
  en: [
    'Unexpected error {number} during the import; nothing was changed',
    'Try again; if it stays, give the number to the administrator',
  ],
}

/** At most `limit` at once; others wait in their order. */
function createGate(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go))
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}

/** Whose a job is; commands at the machine share theirs. */
function ownerOf(actor: Actor): string {
  switch (actor.kind) {
    case 'account':
      return `account:${actor.accountId}`
    case 'token':
      return `token:${actor.tokenId}`
    default:
      return actor.kind
  }
}

class Registry implements ImportJobs {
  readonly #clock: () => number
  readonly #options: ImportJobsOptions
  readonly #folder: string
  readonly #jobs = new Map<string, Job>()
  readonly #gate = createGate(RUNNING_AT_ONCE)
  readonly #sweeper: NodeJS.Timeout

  constructor(clock: () => number, options: ImportJobsOptions, folder: string) {
    this.#clock = clock
    this.#options = options
    this.#folder = folder
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_MS)
    this.#sweeper.unref()
  }

  async start(ctx: ServiceContext, input: Parameters<ImportJobs['start']>[1]): Promise<string> {
    await assertMayImport(ctx, input.kind)
    await this.#sweep()
    const owner = ownerOf(ctx.actor)
    await this.#makeRoom((job) => ownerOf(job.ctx.actor) === owner, MAX_JOBS_OF_ONE, [...OVER, 'ready'])
    await this.#makeRoom(() => true, MAX_JOBS, OVER)
    const importId = randomUUID()
    const folder = join(this.#folder, importId)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, 'upload')
    let size: number
    try {
      size = await saveUpload(input.body, path, this.#options.maxUploadBytes)
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    }
    const now = this.#clock()
    const job: Job = {
      importId,
      ctx,
      kind: input.kind,
      fileName: input.fileName,
      folder,
      path,
      startedAt: now,
      size,
      abort: new AbortController(),
      phase: 'reading',
      progress: { phase: 'reading', rowsRead: 0, bytesRead: 0, bytesTotal: size },
      outcome: null,
      sample: EMPTY_SAMPLE,
      errorNumber: null,
      touchedAt: now,
      work: Promise.resolve(),
    }
    this.#jobs.set(importId, job)
    job.work = this.#run(job, { dryRun: true, acceptValid: false, language: input.language })
    return importId
  }

  get(ctx: ServiceContext, importId: string, language: Language): Promise<ImportJob> {
    return this.#show(this.#find(ctx, importId), language)
  }

  commit(
    ctx: ServiceContext,
    importId: string,
    options: { readonly acceptValid: boolean; readonly language: Language },
  ): Promise<ImportJob> {
    const job = this.#find(ctx, importId)
    if (job.phase !== 'ready') throw new ServiceError('conflict', 'import_not_ready', { phase: job.phase })
    job.phase = 'writing'
    job.work = this.#run(job, { dryRun: false, ...options })
    return this.#show(job, options.language)
  }

  async cancel(ctx: ServiceContext, importId: string, language: Language): Promise<ImportJob> {
    const job = this.#find(ctx, importId)
    if (!OVER.includes(job.phase)) {
      job.abort.abort()
      await job.work
      // A writing that was quicker than its cancelling is done.
      if (job.phase === 'ready') job.phase = 'cancelled'
    }
    return this.#show(job, language)
  }

  refusedRows(ctx: ServiceContext, importId: string, language: Language): Promise<ExportedFile> {
    const { fileName, kind, outcome, path } = this.#find(ctx, importId)
    if (outcome === null || outcome.failure !== null || outcome.result.rejected === 0) {
      throw new ServiceError('not_found', 'refused_rows_none')
    }
    const { issuesPath } = outcome
    const bytes = toRefusedXlsx(ctx, { kind, path, issuesPath, language })
    const stem = fileName.replace(/\.[^.]*$/, '') || KIND_SHEETS[kind].name[language]
    const suffix = language === 'zh-CN' ? '-有误行' : '-refused'
    return Promise.resolve({ fileName: `${stem}${suffix}.xlsx`, body: toWebStream(Readable.from(bytes)) })
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper)
    const jobs = [...this.#jobs.values()]
    for (const job of jobs) job.abort.abort()
    await Promise.all(jobs.map((job) => job.work))
    this.#jobs.clear()
    await rm(this.#folder, { recursive: true, force: true })
  }

  #find(ctx: ServiceContext, importId: string): Job {
    const job = this.#jobs.get(importId)
    if (job === undefined || ownerOf(job.ctx.actor) !== ownerOf(ctx.actor))
      throw new ServiceError('not_found', 'import_unknown', { importId })
    job.touchedAt = this.#clock()
    return job
  }

  async #sweep(): Promise<void> {
    const now = this.#clock()
    for (const job of this.#jobs.values()) {
      if (job.phase !== 'writing' && now - job.touchedAt >= KEPT_MS) await this.#drop(job)
    }
  }

  async #drop(job: Job): Promise<void> {
    this.#jobs.delete(job.importId)
    job.abort.abort()
    await job.work
    await rm(job.folder, { recursive: true, force: true })
  }

  /** For one more of those `isOfThese`. Throws ServiceError `conflict` when none of them is in a phase of `phases`. */
  async #makeRoom(
    isOfThese: (job: Job) => boolean,
    limit: number,
    phases: readonly ImportJob['phase'][],
  ): Promise<void> {
    const these = [...this.#jobs.values()].filter(isOfThese)
    if (these.length < limit) return
    const oldest = these
      .filter(({ phase }) => phases.includes(phase))
      .toSorted(
        (a, b) => Number(OVER.includes(b.phase)) - Number(OVER.includes(a.phase)) || a.touchedAt - b.touchedAt,
      )[0]
    if (oldest === undefined) throw new ServiceError('conflict', 'imports_too_many', { limit: String(limit) })
    await this.#drop(oldest)
  }

  /** Never rejects: how it ended is in the job. */
  async #run(
    job: Job,
    how: { readonly dryRun: boolean; readonly acceptValid: boolean; readonly language: Language },
  ): Promise<void> {
    const { fileName, kind, path } = job
    const { signal } = job.abort
    const onProgress = (progress: ImportProgress): void => {
      job.progress = progress
      if (how.dryRun) job.phase = progress.phase === 'reading' ? 'reading' : 'checking'
    }
    try {
      const work = (): Promise<ImportOutcome> => {
        signal.throwIfAborted()
        return runImport(job.ctx, { kind, path, fileName, ...how, onProgress, signal }, job.folder)
      }
      const outcome = await this.#gate(work)
      if (outcome.failure === null && how.dryRun) {
        job.sample = await readSample({ kind, path, issuesPath: outcome.issuesPath, signal })
      }
      job.outcome = outcome
      job.phase = outcome.status === 'tried' ? 'ready' : outcome.status
    } catch (error) {
      if (signal.aborted) {
        job.phase = 'cancelled'
        return
      }
      job.errorNumber = `ZD-${randomBytes(3).toString('hex').toUpperCase()}`
      job.phase = 'failed'
      this.#options.onError?.(error, job.errorNumber)
    }
  }

  async #show(job: Job, language: Language): Promise<ImportJob> {
    const { outcome, phase, progress } = job
    const result = outcome === null ? null : await this.#word(job, outcome, language)
    const [first] = result?.errors ?? []
    return {
      importId: job.importId,
      kind: job.kind,
      fileName: job.fileName,
      phase,
      progress: {
        rowsRead: progress.rowsRead,
        bytesRead: Math.min(progress.bytesRead, job.size),
        bytesTotal: job.size,
        step: STEP_OF[phase],
        steps: STEPS,
      },
      result,
      errorTotal: outcome?.errorTotal ?? 0,
      warningTotal: outcome?.warningTotal ?? 0,
      sample: {
        columns: [...job.sample.columns],
        rows: job.sample.rows.map(({ cells, issues, row }) => ({
          row,
          cells: [...cells],
          issues: issues.map((issue) => toImportIssue(job.kind, issue, language)),
        })),
      },
      failure: this.#failure(job, first, language),
      startedAt: toLocalIso(job.startedAt),
    }
  }

  async #word(job: Job, outcome: ImportOutcome, language: Language): Promise<ImportResult> {
    // While it is being written the spool is made anew: the preview's answer stands until then.
    if (job.phase === 'writing') return { ...outcome.result, ...firstOf(outcome.result) }
    const total = { errors: outcome.errorTotal, warnings: outcome.warningTotal }
    const issues = await readFirstIssues({ path: outcome.issuesPath, kind: job.kind, language, total }, ISSUES_SHOWN)
    return { ...outcome.result, ...issues }
  }

  #failure(job: Job, first: ImportIssue | undefined, language: Language): ImportJob['failure'] {
    if (job.errorNumber !== null) {
      const [reason, accepted] = UNEXPECTED[language]
      return { code: 'unexpected', reason: reason.replace('{number}', job.errorNumber), accepted }
    }
    if (job.outcome === null || job.outcome.failure === null || first === undefined) return null
    return { code: first.code, reason: first.reason, accepted: first.accepted }
  }
}

function firstOf({ errors, warnings }: ImportResult): Pick<ImportResult, 'errors' | 'warnings'> {
  return { errors: errors.slice(0, ISSUES_SHOWN), warnings: warnings.slice(0, ISSUES_SHOWN) }
}

export async function createImportJobs(clock: () => number, options: ImportJobsOptions): Promise<ImportJobs> {
  return new Registry(clock, options, await createJobFolder(options.folder))
}
