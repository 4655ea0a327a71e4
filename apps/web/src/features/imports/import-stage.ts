import type { ImportIssue, ImportJob } from '@zhidu/contract'
import type { UploadOutcome } from './upload-file.ts'

/** Steps a file goes through on the page; the number on screen is the place in this list. */
export const IMPORT_STEPS = ['upload', 'read', 'check', 'confirm', 'write'] as const

export interface UploadState {
  readonly fileName: string
  readonly sent: number
  readonly total: number
}

export type UploadFailure = Exclude<UploadOutcome, { readonly kind: 'accepted' }>

/** What the page shows; exactly one at a time. */
export type ImportStage =
  | { readonly kind: 'choose' }
  | { readonly kind: 'uploading'; readonly upload: UploadState; readonly step: 1 }
  | { readonly kind: 'upload_failed'; readonly failure: UploadFailure; readonly fileName: string }
  /** The job has an id, but nothing is known of it yet. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'working'; readonly job: ImportJob; readonly step: number; readonly isUnreachable: boolean }
  | { readonly kind: 'preview'; readonly job: ImportJob; readonly isUnreachable: boolean }
  | { readonly kind: 'done'; readonly job: ImportJob }
  | { readonly kind: 'refused'; readonly job: ImportJob }
  | { readonly kind: 'cancelled'; readonly job: ImportJob }
  | { readonly kind: 'failed'; readonly job: ImportJob }
  /** The server does not know the job: it was restarted, or the job was long ago. Nothing was written by it. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreachable' }

export interface ImportState {
  readonly upload: UploadState | null
  readonly failure: { readonly failure: UploadFailure; readonly fileName: string } | null
  readonly importId: string | null
  readonly job: ImportJob | null
  /** Why the last question about the job failed; null = it did not. */
  readonly problem: 'not_found' | 'network' | null
}

const STEP_OF = { reading: 2, checking: 3, writing: 5 } as const

export function toImportStage(state: ImportState): ImportStage {
  if (state.upload !== null) return { kind: 'uploading', upload: state.upload, step: 1 }
  if (state.failure !== null) return { kind: 'upload_failed', ...state.failure }
  if (state.importId === null) return { kind: 'choose' }
  if (state.problem === 'not_found') return { kind: 'gone' }
  const { job } = state
  const isUnreachable = state.problem === 'network'
  if (job === null) return isUnreachable ? { kind: 'unreachable' } : { kind: 'opening' }
  switch (job.phase) {
    case 'reading':
    case 'checking':
    case 'writing':
      return { kind: 'working', job, step: STEP_OF[job.phase], isUnreachable }
    case 'ready':
      return { kind: 'preview', job, isUnreachable }
    case 'done':
    case 'refused':
    case 'cancelled':
    case 'failed':
      return { kind: job.phase, job }
  }
}

/** True while asking again can bring something new. */
export function isMoving(stage: ImportStage): boolean {
  return stage.kind === 'opening' || stage.kind === 'working' || stage.kind === 'unreachable'
}

/** 0..1 of the bytes read; null when the size is not known or the step reads no bytes. */
export function workingRatio(job: ImportJob): number | null {
  const { bytesRead, bytesTotal } = job.progress
  if (job.phase !== 'reading' || bytesTotal === 0) return null
  return Math.min(1, bytesRead / bytesTotal)
}

export type CommitBlock = 'has_errors' | 'no_rows' | 'no_change'

export interface CommitChoice {
  /** Why 全部导入 is off; null = it is on. */
  readonly block: CommitBlock | null
  /** Rows that 只导入无误的 would take; 0 = not offered. */
  readonly validCount: number
}

/** What may be imported from a preview: everything when it is clean and changes something, else the valid rows. */
export function chooseCommit(job: ImportJob): CommitChoice {
  const { result } = job
  if (result === null || result.rows === 0) return { block: 'no_rows', validCount: 0 }
  const changing = result.created + result.updated
  if (result.rejected > 0) return { block: 'has_errors', validCount: changing > 0 ? result.rows - result.rejected : 0 }
  return { block: changing === 0 ? 'no_change' : null, validCount: 0 }
}

export interface PreviewCell {
  readonly text: string
  /** What is said about this cell; null = nothing. */
  readonly mark: 'refused' | 'warned' | null
}

export interface PreviewRow {
  readonly row: number
  readonly cells: readonly PreviewCell[]
  readonly issues: readonly ImportIssue[]
}

/** True when what the sample tells of are warnings: it shows refused rows as long as there are any. */
export function isWarningSample(job: ImportJob): boolean {
  return (job.result?.rejected ?? 0) === 0
}

/** The sample with the cells in question marked. An issue without a column belongs to the whole row and marks no cell. */
export function buildPreviewRows(job: ImportJob): PreviewRow[] {
  const mark = isWarningSample(job) ? 'warned' : 'refused'
  const { columns, rows } = job.sample
  return rows.map(({ row, cells, issues }) => {
    const marked = new Set(issues.flatMap((issue) => issue.column ?? []))
    return {
      row,
      issues,
      cells: columns.map((column, index) => ({ text: cells[index] ?? '', mark: marked.has(column) ? mark : null })),
    }
  })
}

/** Refused rows that the preview has no room for. */
export function hiddenErrorRows(job: ImportJob): number {
  const shown = job.sample.rows.filter((row) => row.issues.length > 0).length
  return Math.max(0, (job.result?.rejected ?? 0) - shown)
}

export type FileProblem = 'empty' | 'old_excel' | 'not_a_table'

/** What can be said of a file before it is sent; null = worth sending. The server judges its contents. */
export function checkFile(file: { readonly name: string; readonly size: number }): FileProblem | null {
  const name = file.name.toLowerCase()
  if (name.endsWith('.xls') || name.endsWith('.et')) return 'old_excel'
  if (!name.endsWith('.xlsx') && !name.endsWith('.csv')) return 'not_a_table'
  return file.size === 0 ? 'empty' : null
}
