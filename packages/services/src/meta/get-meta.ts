import type { Meta } from '@zhidu/contract'
import { listQuartersWithFacts } from '@zhidu/db'
import { cutToSecond, isTopUnit, listMembers, quarterOf, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { toDimensionPoints } from '../league/shape.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { withSnapshot } from '../snapshot.ts'

/** What the shell of the dashboard needs before any page. */
export function getMeta(ctx: ServiceContext, program: { readonly programVersion: string }): Promise<Meta> {
  const now = cutToSecond(ctx.clock())
  return withSnapshot(ctx, async (db) => {
    const currentQuarter = quarterOf(now)
    const [{ regulation }, roster, withFacts] = await Promise.all([
      loadRules(db, currentQuarter),
      loadRoster(db),
      listQuartersWithFacts(db),
    ])
    const top = listMembers(roster.periodsOf, currentQuarter).find(isTopUnit)
    const quarters = [...new Set([currentQuarter, ...withFacts])].sort().reverse()
    return {
      installation: top === undefined ? null : { unitCode: top.unitCode, name: top.name },
      quarters,
      currentQuarter,
      // Facts of a quarter to come are a mistake to look at, not the place to begin.
      defaultQuarter: withFacts.find((quarter) => quarter <= currentQuarter) ?? currentQuarter,
      provenance: await loadProvenance(db, regulation, now),
      base: toDimensionPoints(regulation.base),
      now: toLocalIso(now),
      version: program.programVersion,
    }
  })
}
