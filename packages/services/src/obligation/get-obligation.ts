import type { ObligationInput, ObligationPage } from '@zhidu/contract'
import { listObligationVersions, type ReadonlyDb } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { loadStandings, standingKey } from './load-standings.ts'
import { findReopenRefusal } from './reopen-refusal.ts'
import { toObligationTimeline } from './to-obligation-view.ts'

type Key = Omit<ObligationInput, 'asOf'>

/** One obligation with its timeline as of an instant (epoch ms). Throws ServiceError `not_found`. */
export async function readObligation(
  db: ReadonlyDb,
  ctx: ServiceContext,
  key: Key,
  asOf: number,
): Promise<ObligationPage> {
  const { kind, quarter, ref, unitCode } = key
  const rules = await loadRules(db, quarter)
  const roster = await loadRoster(db)
  const standings = await loadStandings(db, { named: [key], quarter, roster, rules, asOf })
  const standing = standings.get(standingKey(key))
  if (standing === undefined) throw new ServiceError('not_found', 'obligation_unknown', { unitCode, ref })
  const versions = await listObligationVersions(db, unitCode, [ref])
  const reopenRefusal = await findReopenRefusal(db, ctx.actor, { ...key, outcome: standing.outcome })
  return {
    provenance: await loadPresentProvenance(db, quarter, rules.regulation, asOf),
    obligation: toObligationTimeline(standing, asOf, {
      versions: versions.filter((row) => row.kind === kind),
      reopenRefusal,
    }),
  }
}

/** One obligation with its timeline, by the tree of its quarter. Throws ServiceError `not_found`. */
export function getObligation(ctx: ServiceContext, input: ObligationInput): Promise<ObligationPage> {
  const asOf = resolveAsOf(ctx, input.asOf)
  return withSnapshot(ctx, scopeDay(input.quarter, asOf), (db) => readObligation(db, ctx, input, asOf))
}
