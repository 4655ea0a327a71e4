import type { Kind } from '@zhidu/contract'
import type { ObligationCause } from '@zhidu/db'

/** Why what is owed may have changed, and of which sorts. */
export interface ObligationChange {
  readonly cause: ObligationCause
  readonly sorts: readonly ('events' | 'filings')[]
}

/** What a file of each kind may change of what is owed; the other kinds change nothing. */
export const OBLIGATIONS_OF: Readonly<Partial<Record<Kind, ObligationChange>>> = {
  units: { cause: 'unit', sorts: ['events', 'filings'] },
  reports: { cause: 'corrected', sorts: ['events'] },
  pre_reports: { cause: 'corrected', sorts: ['events'] },
  filings: { cause: 'corrected', sorts: ['filings'] },
}
