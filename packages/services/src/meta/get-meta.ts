import type { Meta } from '@zhidu/contract'
import { listQuartersWithFacts } from '@zhidu/db'
import { cutToSecond, localDateOf, type Quarter, quarterOf, toLocalIso, type UnitPeriod } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { pickPeriod } from '../unit/list-units.ts'
import { toBasePoints } from '../league/shape.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { withSnapshot } from '../snapshot.ts'

/** The unit at the top of what is in reach: the one whose superior is not. */
function findTop(roster: Roster, quarter: Quarter): UnitPeriod | undefined {
  const picked = [...roster.periodsOf.values()].flatMap((periods) => pickPeriod(periods, quarter)?.period ?? [])
  return picked.find(({ parentCode }) => parentCode === null || !roster.periodsOf.has(parentCode))
}

/** What the shell of the dashboard needs before any page. */
export function getMeta(ctx: ServiceContext, program: { readonly programVersion: string }): Promise<Meta> {
  const now = cutToSecond(ctx.clock())
  const currentQuarter = quarterOf(now)
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const [{ regulation }, roster, withFacts] = await Promise.all([
      loadRules(db, currentQuarter),
      loadRoster(db),
      listQuartersWithFacts(db),
    ])
    const top = findTop(roster, currentQuarter)
    const quarters = [...new Set([currentQuarter, ...withFacts])].sort().reverse()
    return {
      installation: top === undefined ? null : { unitCode: top.unitCode, name: top.name },
      quarters,
      currentQuarter,
      // Facts of a quarter to come are a mistake to look at, not the place to begin.
      defaultQuarter: withFacts.find((quarter) => quarter <= currentQuarter) ?? currentQuarter,
      provenance: await loadProvenance(db, regulation, now),
      base: toBasePoints(regulation),
      now: toLocalIso(now),
      version: program.programVersion,
    }
  })
}
