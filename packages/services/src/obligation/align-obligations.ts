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

/** Why what is owed has to be written anew; null = it stands as the rules and the calendar have it. */
function driftOf(written: ObligationBasis | undefined, now: ObligationBasis): ObligationCause | null {
  if (written === undefined) return 'calendar'
  if (written.regulationId !== now.regulationId || written.regulationVersion !== now.regulationVersion) return 'rules'
  return written.calendar === now.calendar ? null : 'calendar'
}

/**
 * Writes anew, with its cause, what is owed in every quarter whose rules or holidays are others than those it was written by,
 * with the rollups of that quarter; quarters that nobody has written yet get their forms. For a transaction that holds the
 * lock on facts: the program's own upkeep, or a change of rules or holidays at the top; nothing where the handle does not reach
 * everything. Returns the quarters written.
 */
export async function alignObligationsIn(trx: Db, asOf: number, signal?: AbortSignal): Promise<Quarter[]> {
  // Part of a quarter written anew would pass for all of it; the program's upkeep follows.
  if (!reachesEverything(trx)) return []
  const db = asReadonly(trx)
  const written = new Map((await listObligationBases(db)).map((basis) => [basis.quarter, basis]))
  const quarters = new Set([
    ...(await listQuartersWithFacts(db)),
    ...(await listFilingQuarters(trx)),
    ...written.keys(),
  ])
  const roster = await loadRoster(db)
  const aligned: Quarter[] = []
  for (const quarter of [...quarters].sort()) {
    signal?.throwIfAborted()
    const basis = toObligationBasis(quarter, await loadRules(db, quarter))
    const cause = driftOf(written.get(quarter), basis)
    if (cause === null) continue
    const rows = await listUnitQuarters(db, [quarter])
    const touched = [...new Set(rows.map(({ unitCode }) => unitCode))].map((unitCode) => ({ unitCode, quarter }))
    const stop = signal === undefined ? {} : { signal }
    await refreshUnitQuarters(trx, { touched, asOf, obligations: { cause, sorts: ['events'] }, ...stop })
    const byQuarter = new Map([[quarter, new Set(roster.periodsOf.keys())]])
    await refreshFilingObligations(trx, { byQuarter, whole: [], roster, cause, asOf, ...stop })
    await putObligationBasis(trx, basis, asOf, 'replace')
    aligned.push(quarter)
  }
  return aligned
}

/** The same in a transaction of its own: the program's upkeep. */
export function alignObligations(ctx: ServiceContext, signal?: AbortSignal): Promise<Quarter[]> {
  return withTransaction(
    ctx.db,
    async (trx) => {
      await lockFacts(trx)
      return await alignObligationsIn(trx, ctx.clock(), signal)
    },
    { statementTimeoutSeconds: 3_600 },
  )
}
