import type { CaseClosure, CaseClosureInput } from '@zhidu/contract'
import { type CaseOutcomeRow, listCaseOutcomes } from '@zhidu/db'
import { FINDINGS, quarterRange, tabulateClosure, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'

/** 办结率与复发率: of the findings of a quarter's checks in reach, by unit and by finding. Card: docs/indicators/closure.md */
export function getCaseClosure(ctx: ServiceContext, { quarter }: CaseClosureInput): Promise<CaseClosure> {
  const asOf = resolveAsOf(ctx, undefined)
  return withSnapshot(ctx, scopeDay(quarter, asOf), async (db) => {
    const rows = await listCaseOutcomes(db, quarterRange(quarter))
    const nameOf = await loadNames(db, ctx)
    const shares = (own: readonly CaseOutcomeRow[]) => tabulateClosure(own, asOf)
    const ofUnit = [...Map.groupBy(rows, ({ unitCode }) => unitCode)]
    return {
      quarter,
      asOf: toLocalIso(asOf),
      total: shares(rows),
      units: ofUnit.map(([unitCode, own]) => ({ unitCode, unitName: nameOf(unitCode), ...shares(own) })),
      findings: FINDINGS.flatMap((finding) => {
        const own = rows.filter((one) => one.finding === finding)
        return own.length === 0 ? [] : [{ finding, ...shares(own) }]
      }),
    }
  })
}
