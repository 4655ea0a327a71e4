import type { InspectionQuality, InspectionQualityInput } from '@zhidu/contract'
import { type InspectionOrderRow, listCheckHistory, listInspectionOrders, type ReadonlyDb } from '@zhidu/db'
import {
  localDateOf,
  NIGHT,
  type Quarter,
  quarterRange,
  shiftQuarter,
  tabulateAgreement,
  tabulateCoverage,
  tabulateLeniency,
  tabulateLoad,
  tabulateUpper,
  unitPeriodOn,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadUnitsBelow, type UnitBelow } from '../draw/load-units-below.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { listHiddenFirsts } from '../inspection/blind.ts'
import { loadRoster, type Roster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'
import { loadPresentProvenance } from '../rules/provenance.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { type ChecklistTitles, loadPairs } from './load-pairs.ts'
import { loadMadeChecks, loadVisits, type MadeChecks, toLookedAt } from './load-visits.ts'
import { maskInspectors } from './mask-inspectors.ts'
import { loadOfficePlans, type OfficePlans } from './office-plans.ts'
import { toCoverage, toFindingAgreement, toItemAgreement, toJudged, toLeniency, toLoad } from './to-quality.ts'

/** Their last check on record, in any quarter. */
async function loadLastChecks(
  db: ReadonlyDb,
  units: readonly UnitBelow[],
  { asOf, quarter }: { readonly asOf: number; readonly quarter: Quarter },
): Promise<ReadonlyMap<string, number>> {
  const { from } = quarterRange(quarter)
  const hours = { nightFromHour: NIGHT.fromHour, nightToHour: NIGHT.toHour }
  const unitCodes = units.map(({ unitCode }) => unitCode)
  const rows = await listCheckHistory(db, { unitCodes, asOf, monthFrom: from, quarterFrom: from, ...hours })
  return new Map(rows.map(({ lastCheckedAt, unitCode }) => [unitCode, lastCheckedAt]))
}

/** Checks made for a draw that drew the inspectors too, of all that leniency looks at. */
function countByChance({ inspections }: MadeChecks, { doublyRandom }: OfficePlans, whole: number) {
  const part = inspections.filter(
    ({ drawId, result }) =>
      (result === 'findings' || result === 'passed') && drawId !== null && doublyRandom.has(drawId),
  )
  return { part: Math.min(part.length, whole), whole }
}

/** Ordered within the window and not yet made. */
function listOpen(orders: readonly InspectionOrderRow[], kind: 'second' | 'upper', from: number) {
  return orders.filter((order) => order.kind === kind && order.secondId === null && order.orderedAt >= from)
}

function parentOf({ periodsOf }: Roster, unitCode: string, asOf: number): string | null {
  return unitPeriodOn(periodsOf.get(unitCode) ?? [], localDateOf(asOf))?.parentCode ?? null
}

/**
 * 抽查质量 of the own office: how evenly it checks, who carries it, how far checks agree, who is strict, and what it found when it
 * made checks of the offices below again. Throws ServiceError `forbidden` for whoever is of no unit.
 */
export function getInspectionQuality(ctx: ServiceContext, input: InspectionQualityInput): Promise<InspectionQuality> {
  const { quarter, quarters } = input
  const now = ctx.clock()
  const own = quarterRange(quarter)
  const since = shiftQuarter(quarter, 1 - quarters)
  const asOf = Math.min(now, own.to - 1)
  const { unitCode: office } = officeOf(ctx)
  return withSnapshot(ctx, scopeDay(quarter, now), async (db) => {
    const roster = await loadRoster(db)
    const plans = await loadOfficePlans(db, office, asOf)
    const units = await loadUnitsBelow(db, office, asOf)
    const hidden = await listHiddenFirsts(db, ctx)
    const range = { from: quarterRange(since).from, to: asOf + 1 }
    const unitCodes = units.map(({ unitCode }) => unitCode)
    const made = await loadMadeChecks(db, { office, unitCodes, range, hidden })
    const isThis = (at: number) => at >= own.from
    const thisQuarter = {
      ...made,
      inspections: made.inspections.filter(({ at }) => isThis(at)),
      bare: made.bare.filter(({ checkedAt }) => isThis(checkedAt)),
    }
    const visits = await loadVisits(db, { from: own.from, to: asOf + 1 }, thisQuarter)
    const lastOf = await loadLastChecks(db, units, { asOf, quarter })

    const titles: ChecklistTitles = new Map()
    // A recheck after closing is of another day: it measures no agreement.
    const orders = (await listInspectionOrders(db)).filter(
      ({ kind, officeCode }) => officeCode === office && kind !== 'recheck',
    )
    const pairs = (await loadPairs(db, orders, { roster, titles })).filter(
      ({ first, order, second }) =>
        Math.min(first.at, second.at) >= range.from && second.at < range.to && !hidden.includes(order.firstId),
    )

    const looked = toLookedAt(made, roster)
    const people = [
      ...new Set([
        ...plans.inspectors,
        ...visits.flatMap(({ inspectors }) => inspectors),
        ...looked.flatMap(({ inspectors }) => inspectors),
      ]),
    ].toSorted()
    const mask = maskInspectors(people, ctx)
    const nameOf = await loadNames(db, ctx)
    const coverage = tabulateCoverage({
      units: units.map(({ group, supervisedSince, unitCode }) => ({
        unitCode,
        supervisedSince,
        rules: plans.rulesOf(group),
        lastCheckedAt: lastOf.get(unitCode) ?? null,
      })),
      visits,
      quarter,
      asOf,
    })
    const agreement = tabulateAgreement(pairs.filter(({ order }) => order.kind === 'second'))
    const leniency = tabulateLeniency(people, looked)
    const upper = Map.groupBy(
      pairs.filter(({ order }) => order.kind === 'upper'),
      ({ officeCode }) => officeCode,
    )
    const openUpper = Map.groupBy(listOpen(orders, 'upper', range.from), ({ unitCode }) =>
      parentOf(roster, unitCode, asOf),
    )
    const { regulation } = await loadRules(db, quarter)
    return {
      quarter,
      quarters,
      since,
      provenance: await loadPresentProvenance(db, quarter, regulation, asOf),
      officeName: nameOf(office),
      mayOrder: ctx.actor.kind === 'account' && ctx.actor.permissions.has('inspections.record') && units.length > 0,
      hidden: made.hiddenCount,
      coverage: toCoverage(coverage, units),
      load: toLoad(tabulateLoad(people, visits), { mask, nameOf }),
      agreement: {
        ...agreement,
        open: listOpen(orders, 'second', range.from).length,
        items: agreement.items.map((one) => toItemAgreement(one, titles)),
        findings: agreement.findings.map(toFindingAgreement),
        result: toJudged(agreement.result),
      },
      leniency: { ...toLeniency(leniency, mask), byChance: countByChance(made, plans, leniency.checks) },
      upper: units
        .filter(({ unitCode }) => upper.has(unitCode) || openUpper.has(unitCode))
        .map(({ name, unitCode }) => {
          const found = tabulateUpper(upper.get(unitCode) ?? [])
          return {
            ...found,
            officeCode: unitCode,
            name,
            open: openUpper.get(unitCode)?.length ?? 0,
            result: toJudged(found.result),
            findings: found.findings.map(toFindingAgreement),
          }
        }),
    }
  })
}
