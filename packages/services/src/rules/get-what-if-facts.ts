import { packUnitFacts, type WhatIfFacts, type WhatIfInput } from '@zhidu/contract'
import { countReportsOfUnits, listCaseReports, type ReadonlyDb } from '@zhidu/db'
import { quarterRange, type ReportFact, toLocalIso, type UnitFacts, listGroupMembers } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { listReach } from '../league/list-reach.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadStandingFacts } from '../league/load-standing-facts.ts'
import { toReportFact } from '../league/to-report-fact.ts'
import { ServiceError } from '../service-error.ts'
import { scopeDay, withComparison, withSnapshot } from '../snapshot.ts'
import { resolveAsOf } from './as-of.ts'
import { loadRules } from './load-rules.ts'

const UNITS_PER_PAGE = 25
/** What a browser keeps and recomputes at every stroke. */
export const MAX_WHAT_IF_REPORTS = 60_000
const MAX_WHAT_IF_UNITS = 1_000

async function loadFacts(
  db: ReadonlyDb,
  unitCodes: readonly string[],
  quarter: WhatIfInput['quarter'],
): Promise<UnitFacts[]> {
  const roster = await loadRoster(db)
  const { from, to } = quarterRange(quarter)
  const standing = await loadStandingFacts(db, { unitCodes, quarter, periodsOf: roster.periodsOf })
  const reports = new Map<string, ReportFact[]>(unitCodes.map((unitCode) => [unitCode, []]))
  for await (const page of listCaseReports(db, { unitCodes, range: { from, to } })) {
    for (const row of page) reports.get(row.unitCode)?.push(toReportFact(row))
  }
  return unitCodes.flatMap((unitCode) => {
    const facts = standing.get(unitCode)
    return facts === undefined ? [] : [{ ...facts, reports: reports.get(unitCode) ?? [] }]
  })
}

/**
 * A page of the facts by which a group's quarter is judged, for the browser to judge them by a draft. Only to those who reach
 * every unit of the group. Throws ServiceError `not_found` for a group with no unit in reach, `forbidden` when part of it is
 * out of reach, `invalid` when there are more reports than a browser can hold.
 */
export async function getWhatIfFacts(ctx: ServiceContext, input: WhatIfInput): Promise<WhatIfFacts> {
  const asOf = resolveAsOf(ctx, input.asOf)
  const { group, quarter, skip = 0 } = input
  const day = scopeDay(quarter, asOf)
  const reach = await listReach(ctx, day)
  const members = await withComparison(ctx, async (db) =>
    listGroupMembers((await loadRoster(db)).periodsOf, quarter, group).map(({ unitCode }) => unitCode),
  )
  const own = members.filter((unitCode) => reach.has(unitCode))
  if (own.length === 0) throw new ServiceError('not_found', 'group_unknown', { group, quarter })
  if (own.length < members.length) throw new ServiceError('forbidden', 'group_out_of_reach', { group })
  return await withSnapshot(ctx, day, async (db) => {
    const { from, to } = quarterRange(quarter)
    if (skip === 0) {
      const count = await countReportsOfUnits(db, { unitCodes: members, range: { from, to } })
      if (count > MAX_WHAT_IF_REPORTS || members.length > MAX_WHAT_IF_UNITS) {
        const limits = { reports: String(MAX_WHAT_IF_REPORTS), units: String(MAX_WHAT_IF_UNITS) }
        const found = { count: String(count), unitCount: String(members.length) }
        throw new ServiceError('invalid', 'what_if_too_big', { ...limits, ...found })
      }
    }
    const { holidays, regulation } = await loadRules(db, quarter)
    const page = members.slice(skip, skip + UNITS_PER_PAGE)
    const facts = await loadFacts(db, page, quarter)
    const given = skip + page.length
    return {
      asOf: toLocalIso(asOf),
      regulation: { id: regulation.id, version: regulation.version },
      holidays: holidays.map((block) => ({ ...block, makeupWorkdays: [...block.makeupWorkdays] })),
      unitCount: members.length,
      units: facts.map(packUnitFacts),
      next: given < members.length ? given : null,
    }
  })
}
