import type { ImportResult, Kind, Language } from '@zhidu/contract'
import type { Db } from '@zhidu/db'

/** How far an import is; `done` of `total` are unit quarters while writing. */
export interface ImportProgress {
  /** `waiting` = for another import to finish. */
  readonly phase: 'reading' | 'waiting' | 'checking' | 'writing'
  readonly rowsRead: number
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly done?: number
  readonly total?: number
}

export interface ImportArgs {
  readonly kind: Kind
  readonly path: string
  /** As the user knows the file. */
  readonly fileName: string
  /** Reads, checks and counts; writes nothing. */
  readonly dryRun: boolean
  /** Takes the valid rows and leaves the others. */
  readonly acceptValid: boolean
  readonly language: Language
  /** The file is a part of the invented city; anybody else's takes that away. */
  readonly isDemonstration?: boolean
  /** Runs in the transaction that writes, before it commits: what it writes there is there with the facts or not at all. */
  readonly beforeCommit?: (trx: Db, outcome: ImportOutcome) => Promise<void>
  readonly onProgress?: (progress: ImportProgress) => void
  /** Aborted = stop; nothing is left behind. */
  readonly signal?: AbortSignal
}

export interface ImportOutcome {
  /** `tried` = a dry run; `refused` = nothing changed. */
  readonly status: 'done' | 'refused' | 'tried'
  /** Holds the first issues only; all of them are in `issuesPath`. */
  readonly result: ImportResult
  readonly errorTotal: number
  readonly warningTotal: number
  /** What is wrong with the file as a whole, so that no row was looked at; null = the rows were. */
  readonly failure: { readonly code: string; readonly params: Readonly<Record<string, string>> } | null
  /** Every issue in order of rows, one JSON text a line; see issue-spool.ts. */
  readonly issuesPath: string
}
