import type { UnitList } from '@zhidu/contract'
import {
  listPresentUnits,
  type PresentUnit,
  type Quarter,
  quarterRange,
  type TreeChoice,
  type UnitPeriod,
  unitPeriodOn,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { toPresentStanding } from '../league/shape.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { treeDay, withSnapshot } from '../snapshot.ts'

/** A unit's row as the screen names it. */
export function toUnitListItem(
  period: UnitPeriod,
  isOpen: boolean,
  present: PresentUnit | null,
): UnitList['units'][number] {
  return {
    unitCode: period.unitCode,
    name: period.name,
    shortName: period.shortName,
    parentCode: period.parentCode,
    tier: period.tier,
    peerGroup: period.peerGroup,
    dutyMode: period.dutyMode,
    isOpen,
    present: toPresentStanding(present),
  }
}

/** The row valid on the quarter's last day, else the last one before or after it; null for a unit without any row. */
export function pickPeriod(
  periods: readonly UnitPeriod[],
  quarter: Quarter,
): { readonly period: UnitPeriod; readonly isOpen: boolean } | null {
  const open = unitPeriodOn(periods, quarterRange(quarter).lastOn)
  if (open !== null) return { period: open, isOpen: true }
  const last = periods.at(-1)
  return last === undefined ? null : { period: last, isOpen: false }
}

/** Every unit in reach in official order, as it is on the quarter's last day, or today. */
export function listUnits(
  ctx: ServiceContext,
  input: { readonly quarter: Quarter; readonly tree?: TreeChoice | undefined },
): Promise<UnitList> {
  const { quarter, tree = 'then' } = input
  const day = treeDay(ctx, tree, quarter, resolveAsOf(ctx, undefined))
  return withSnapshot(ctx, day, async (db) => {
    const roster = await loadRoster(db)
    const { regulation } = await loadRules(db, quarter)
    return {
      quarter,
      tree,
      provenance: await loadPresentProvenance(db, quarter, regulation, resolveAsOf(ctx, undefined)),
      units:
        tree === 'now'
          ? listPresentUnits(roster, quarter, day)
              // Of a merged unit nothing is left but what its successor bears.
              .filter(({ isOpen, sources }) => isOpen || sources.length > 0)
              .map((present) => toUnitListItem(present.period, present.isOpen, present))
          : [...roster.periodsOf.values()].flatMap((periods) => {
              const picked = pickPeriod(periods, quarter)
              return picked === null ? [] : [toUnitListItem(picked.period, picked.isOpen, null)]
            }),
    }
  })
}
