import {
  asReadonly,
  type Db,
  listObligationBases,
  listQuartersWithFacts,
  listUnitQuarters,
  type ObligationBasis,
  type ObligationCause,
  putObligationBasis,
  reachesEverything,
  withTransaction,
} from '@zhidu/db'
import type { Quarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadRoster } from '../league/load-roster.ts'
import { refreshUnitQuarters } from '../league/refresh-unit-quarters.ts'
import { loadRules } from '../rules/load-rules.ts'
import { toObligationBasis } from './obligation-basis.ts'
import { listFilingQuarters, refreshFilingObligations } from './refresh-filing-obligations.ts'

const LONGEST_STATEMENT_SECONDS = 3_600

export interface AlignArgs {
  readonly signal?: AbortSignal
  /** `done` of `total` units of the quarter that is being written. */
  readonly onProgress?: (progress: { readonly quarter: Quarter; readonly done: number; readonly total: number }) => void
}

/** Why what is owed has to be written anew; null = it stands as the rules and the calendar have it. */
export function driftOf(written: ObligationBasis | undefined, now: ObligationBasis): ObligationCause | null {
  if (written === undefined) return 'calendar'
  if (written.regulationId !== now.regulationId || written.regulationVersion !== now.regulationVersion) return 'rules'
  return written.calendar === now.calendar ? null : 'calendar'
}

/** Every quarter that something is or may be owed in, the newest first: what is looked at most is in line soonest. */
async function listQuartersOwing(trx: Db): Promise<Quarter[]> {
  // Part of a quarter written anew would pass for all of it.
  if (!reachesEverything(trx)) return []
  const db = asReadonly(trx)
  const written = await listObligationBases(db)
  const quarters = new Set([
    ...(await listQuartersWithFacts(db)),
    ...(await listFilingQuarters(trx)),
    ...written.map(({ quarter }) => quarter),
  ])
  return [...quarters].sort().reverse()
}

/** True when the quarter had to be written anew. For a transaction that holds the lock on facts. */
async function alignQuarter(trx: Db, quarter: Quarter, asOf: number, args: AlignArgs): Promise<boolean> {
  const db = asReadonly(trx)
  const basis = toObligationBasis(quarter, await loadRules(db, quarter))
  const written = (await listObligationBases(db)).find((one) => one.quarter === quarter)
  const cause = driftOf(written, basis)
  if (cause === null) return false
  const roster = await loadRoster(db)
  const rows = await listUnitQuarters(db, [quarter])
  const touched = [...new Set(rows.map(({ unitCode }) => unitCode))].map((unitCode) => ({ unitCode, quarter }))
  const stop = args.signal === undefined ? {} : { signal: args.signal }
  await refreshUnitQuarters(trx, {
    touched,
    asOf,
    obligations: { cause, sorts: ['events'] },
    onProgress: (done, total) => args.onProgress?.({ quarter, done, total }),
    ...stop,
  })
  const byQuarter = new Map([[quarter, new Set(roster.periodsOf.keys())]])
  await refreshFilingObligations(trx, { byQuarter, whole: [], roster, cause, asOf, ...stop })
  await putObligationBasis(trx, basis, asOf, 'replace')
  return true
}

/**
 * Writes anew, with its cause, what is owed in every quarter whose rules or holidays are others than those it was written by,
 * with the rollups of that quarter; quarters that nobody has written yet get their forms. A quarter is one transaction: it is
 * wholly by the old or wholly by the new, and files get in between two. Returns the quarters written, the newest first.
 */
export async function alignObligations(ctx: ServiceContext, args: AlignArgs = {}): Promise<Quarter[]> {
  const quarters = await withTransaction(ctx.db, listQuartersOwing)
  const aligned: Quarter[] = []
  for (const quarter of quarters) {
    args.signal?.throwIfAborted()
    const isWritten = await withTransaction(
      ctx.db,
      async (trx) => {
        await lockFacts(trx)
        return await alignQuarter(trx, quarter, ctx.clock(), args)
      },
      { statementTimeoutSeconds: LONGEST_STATEMENT_SECONDS },
    )
    if (isWritten) aligned.push(quarter)
  }
  return aligned
}
