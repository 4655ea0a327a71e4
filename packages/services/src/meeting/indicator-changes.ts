import type { IndicatorChangeView } from '@zhidu/contract'
import type { MeetingDecisionRow } from '@zhidu/db'
import { computeIndicatorChange, type IndicatorChange, type Quarter, toIndicatorRatios } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { rankPastQuarter, type RankedQuarter } from '../league/load-group.ts'
import { loadRoster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { withComparison } from '../snapshot.ts'

export interface FoundChange {
  readonly change: IndicatorChange
  readonly view: IndicatorChangeView
}

/**
 * What became of the indicators that decisions named, by decision, in `to` against the quarter of each meeting. None of a decision that
 * named none, or of the same quarter. Decisions are read within reach; nothing of another unit is told.
 */
export async function loadIndicatorChanges(
  ctx: ServiceContext,
  decisions: readonly MeetingDecisionRow[],
  to: Quarter,
): Promise<ReadonlyMap<string, FoundChange>> {
  const asked = decisions.filter(({ indicator, quarter }) => indicator !== null && quarter < to)
  if (asked.length === 0) return new Map()
  const ranked = await withComparison(ctx, async (db) => {
    const roster = await loadRoster(db)
    const found = new Map<Quarter, RankedQuarter>()
    for (const quarter of new Set([to, ...asked.map((one) => one.quarter)])) {
      found.set(quarter, await rankPastQuarter(db, roster, quarter, resolveAsOf(ctx, undefined)))
    }
    return found
  })
  return new Map(
    asked.flatMap(({ decisionId, indicator, quarter: from, unitCode }) => {
      const [before, after] = [from, to].map((quarter) => ranked.get(quarter)?.byUnit.get(unitCode)?.ranked.summary)
      if (indicator === null || before === undefined || after === undefined) return []
      const change = computeIndicatorChange(toIndicatorRatios(before)[indicator], toIndicatorRatios(after)[indicator])
      const { difference, verdict } = change
      const view = {
        indicator,
        from,
        to,
        before: { ...change.before },
        after: { ...change.after },
        difference: difference === null ? null : { ...difference },
        verdict,
      }
      return [[decisionId, { change, view }] as const]
    }),
  )
}
