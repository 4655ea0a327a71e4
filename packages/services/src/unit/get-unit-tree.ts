import type { UnitTreeView } from '@zhidu/contract'
import { localDateOf, quarterOfDate, toPlainDate, unitPeriodOn } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadProvenance } from '../rules/provenance.ts'
import { withSnapshot } from '../snapshot.ts'
import { toUnitListItem } from './list-units.ts'
import { lastNameOf, listSuccessionItems, standsAtTop } from './load-present.ts'

/** Every unit in reach today, as it is on a day, and the mergers and splits that hold. */
export function getUnitTree(
  ctx: ServiceContext,
  input: { readonly onDate?: string | undefined },
): Promise<UnitTreeView> {
  const now = ctx.clock()
  const today = localDateOf(now)
  const onDate = input.onDate === undefined ? today : toPlainDate(input.onDate)
  return withSnapshot(ctx, today, async (db) => {
    const roster = await loadRoster(db)
    const { regulation } = await loadRules(db, quarterOfDate(today))
    return {
      onDate,
      provenance: await loadProvenance(db, regulation, now),
      units: [...roster.periodsOf.values()].flatMap((periods) => {
        const open = unitPeriodOn(periods, onDate)
        const period = open ?? periods.findLast(({ validTo }) => validTo !== null && validTo <= onDate) ?? periods[0]
        if (period === undefined) return []
        const { present: _, ...item } = toUnitListItem(period, open !== null, null)
        const { parentCode } = period
        return [{ ...item, parentName: parentCode === null ? null : lastNameOf(roster, parentCode) }]
      }),
      successions: await listSuccessionItems(db, roster),
      mayRecord: standsAtTop(ctx, roster),
    }
  })
}
