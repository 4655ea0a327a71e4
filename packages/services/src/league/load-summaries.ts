import { listUnitQuarters, type ReadonlyDb } from '@zhidu/db'
import { listMembers, type Quarter, type UnitSummary } from '@zhidu/domain'
import { loadRules } from '../rules/load-rules.ts'
import { summarizeUnits } from './assess-units.ts'
import type { Roster } from './load-roster.ts'
import { fromUnitQuarterRow, holdsAt } from './rollup.ts'

/**
 * What each unit in the tables of a quarter comes to at an instant (epoch ms), by unit code. Rollups where they hold at that
 * instant, else computed from the facts; both give the same.
 */
export async function loadSummaries(
  db: ReadonlyDb,
  args: { readonly roster: Roster; readonly quarter: Quarter; readonly asOf: number },
): Promise<Map<string, UnitSummary>> {
  const { asOf, quarter, roster } = args
  const [rules, rows] = await Promise.all([loadRules(db, quarter), listUnitQuarters(db, [quarter])])
  const summaries = new Map<string, UnitSummary>()
  for (const row of rows) {
    if (!summaries.has(row.unitCode) && holdsAt(row, asOf, rules.regulation)) {
      summaries.set(row.unitCode, fromUnitQuarterRow(row, rules.regulation))
    }
  }
  const unitCodes = listMembers(roster.periodsOf, quarter)
    .map((period) => period.unitCode)
    .filter((unitCode) => !summaries.has(unitCode))
  const batches = summarizeUnits(db, { unitCodes, periodsOf: roster.periodsOf, quarter, rules, asOf: [asOf] })
  for await (const batch of batches) {
    for (const summary of batch.flat()) summaries.set(summary.unitCode, summary)
  }
  return summaries
}
