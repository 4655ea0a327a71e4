import { listUnitQuarters, listUnitsWithFacts, type ReadonlyDb } from '@zhidu/db'
import { filingDueOn, levelsByOccurrence, type Quarter, quarterRange, type TalliedSummary } from '@zhidu/domain'
import { loadRules, type Rules } from '../rules/load-rules.ts'
import { summarizeUnits, summarizeWithoutFacts } from './assess-units.ts'
import type { Roster } from './load-roster.ts'
import { fromUnitQuarterRow, holdsAt } from './rollup.ts'

/** Those of some units whose quarter is judged from facts; the others have none in it. */
function listJudgedFromFacts(
  db: ReadonlyDb,
  unitCodes: readonly string[],
  quarter: Quarter,
  { holidays, regulation }: Rules,
): Promise<string[]> {
  const { firstOn, from, lastOn, to } = quarterRange(quarter)
  const due = holidays.filter((block) => {
    const dueOn = filingDueOn(block, regulation, holidays)
    return firstOn <= dueOn && dueOn <= lastOn
  })
  return listUnitsWithFacts(db, {
    unitCodes,
    range: { from, to },
    levelsByOccurrence: levelsByOccurrence(regulation),
    firstOn,
    lastOn,
    holidays: due,
  })
}

/**
 * What some units' quarter comes to at an instant (epoch ms), by unit code. Rollups where they hold at that instant, else
 * computed from the facts; both give the same.
 */
export async function loadSummaries(
  db: ReadonlyDb,
  args: {
    readonly roster: Roster
    readonly quarter: Quarter
    readonly asOf: number
    readonly unitCodes: readonly string[]
  },
): Promise<Map<string, TalliedSummary>> {
  const { asOf, quarter, roster } = args
  const wanted = new Set(args.unitCodes)
  const [rules, rows] = await Promise.all([loadRules(db, quarter), listUnitQuarters(db, [quarter])])
  const summaries = new Map<string, TalliedSummary>()
  for (const row of rows) {
    if (wanted.has(row.unitCode) && !summaries.has(row.unitCode) && holdsAt(row, asOf, rules.regulation)) {
      summaries.set(row.unitCode, fromUnitQuarterRow(row))
    }
  }
  const scope = { periodsOf: roster.periodsOf, quarter, rules }
  const unheld = args.unitCodes.filter((unitCode) => !summaries.has(unitCode))
  // A rollup that no longer holds tells of facts; only of the others it has to be asked.
  const judged = new Set(rows.map((row) => row.unitCode))
  const unasked = unheld.filter((unitCode) => !judged.has(unitCode))
  for (const unitCode of await listJudgedFromFacts(db, unasked, quarter, rules)) judged.add(unitCode)
  const empty = unheld.filter((unitCode) => !judged.has(unitCode))
  for (const summary of summarizeWithoutFacts({ ...scope, unitCodes: empty, asOf })) {
    summaries.set(summary.unitCode, summary)
  }
  const fromFacts = unheld.filter((unitCode) => judged.has(unitCode))
  for await (const batch of summarizeUnits(db, { ...scope, unitCodes: fromFacts, asOf: [asOf] })) {
    for (const summary of batch.flat()) summaries.set(summary.unitCode, summary)
  }
  return summaries
}
