import { z } from 'zod'
import { Count, Instant } from './values.ts'

export const KINDS = [
  'units',
  'reports',
  'checks',
  'misreports',
  'filings',
  'leads',
  'bonuses',
  'pre_reports',
  'adoptions',
  'duty_lines',
  'rosters',
] as const
export type Kind = (typeof KINDS)[number]
export const KindKey = z.enum(KINDS)

/** Why a cell was refused. The word for each code, in both languages, is in the message catalogue of this package. */
export const ImportIssue = z.object({
  /** Row number as the spreadsheet shows it: the header is row 1. 0 = the file itself. */
  row: Count,
  /** Key of the column; null = the whole row or file. */
  column: z.string().nullable(),
  /** The cell's text, cut to 200 characters; null = empty. */
  value: z.string().nullable(),
  code: z.string(),
  /** Figures and words the message is built from, e.g. `{ nearest: 'D35 市气象局' }`. */
  params: z.record(z.string(), z.string()),
  /** The message and what would be accepted, in the language asked for. */
  reason: z.string(),
  accepted: z.string(),
})
export type ImportIssue = z.infer<typeof ImportIssue>

/** `zhidu import --json`; interchange contract §6 (first nine fields), with warnings added. */
export const ImportResult = z.object({
  kind: KindKey,
  rows: Count,
  created: Count,
  updated: Count,
  unchanged: Count,
  rejected: Count,
  errors: z.array(ImportIssue),
  warnings: z.array(ImportIssue),
})
export type ImportResult = z.infer<typeof ImportResult>

/** A file on the page: uploaded, then read and tried (nothing written), then imported or thrown away. */
export const ImportJob = z.object({
  importId: z.uuid(),
  kind: KindKey,
  fileName: z.string(),
  phase: z.enum(['reading', 'checking', 'ready', 'writing', 'done', 'refused', 'cancelled', 'failed']),
  progress: z.object({ rowsRead: Count, bytesRead: Count, bytesTotal: Count, step: Count, steps: Count }),
  /** Preview or outcome; null until known. `errors` and `warnings` hold the first 200; the totals are beside them. */
  result: ImportResult.nullable(),
  errorTotal: Count,
  warningTotal: Count,
  /** The first rows of the file around errors, as typed, for the preview table; at most 20. */
  sample: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.object({ row: Count, cells: z.array(z.string()), issues: z.array(ImportIssue) })),
  }),
  /** Set when phase is `failed` or the whole file was refused. */
  failure: z.object({ code: z.string(), reason: z.string(), accepted: z.string() }).nullable(),
  startedAt: Instant,
})
export type ImportJob = z.infer<typeof ImportJob>

export const ImportJobInput = z.strictObject({ importId: z.uuid() })
export const ImportCommitInput = z.strictObject({ importId: z.uuid(), acceptValid: z.boolean() })

export const ImportRecord = z.object({
  importId: z.uuid(),
  kind: KindKey,
  fileName: z.string(),
  importedAt: Instant,
  rows: Count,
  created: Count,
  updated: Count,
  unchanged: Count,
  rejected: Count,
})
export const ImportHistory = z.array(ImportRecord)
export type ImportHistory = z.infer<typeof ImportHistory>
