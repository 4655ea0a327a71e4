import {
  type FrozenQuarterRow,
  listCaseReports,
  listChecksOfUnits,
  listFilingsOfUnits,
  listPreReportsOfUnits,
  listReopeningsOfUnits,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  addIndicatorRatios,
  DAY_MS,
  groupByEvent,
  type IndicatorRatios,
  type Quarter,
  quarterRange,
  type ReportFact,
  tabulateMonths,
  type UnitFacts,
} from '@zhidu/domain'
import type { Roster } from '../league/load-roster.ts'
import { loadRulesOf } from '../league/load-rules-of.ts'
import { holidayYearsOf } from '../league/load-standing-facts.ts'
import { toReportFact } from '../league/to-report-fact.ts'
import { loadFrozenUnits } from '../quarter/frozen-view.ts'

/** A pre-report is sent about the time of its event. */
const NOTICE_SLACK_MS = 31 * DAY_MS

/** A quarter whose months are asked for. */
export interface MonthsAsk {
  readonly quarter: Quarter
  readonly asOf: number
  readonly frozen: FrozenQuarterRow | null
  /** Units whose facts count; one at least. */
  readonly sources: readonly string[]
}

/** The facts of some units from the first quarter to the last, one statement a table; what changes no share is left out. */
async function loadFacts(
  db: ReadonlyDb,
  asks: readonly MonthsAsk[],
  roster: Roster,
): Promise<ReadonlyMap<string, UnitFacts>> {
  const unitCodes = [...new Set(asks.flatMap(({ sources }) => sources))]
  const ranges = asks.map(({ quarter }) => quarterRange(quarter))
  if (ranges.length === 0) return new Map()
  const from = Math.min(...ranges.map((range) => range.from))
  const to = Math.max(...ranges.map((range) => range.to))
  const years = [...new Set(asks.flatMap(({ quarter }) => holidayYearsOf(quarter)))]
  const around = { from: from - NOTICE_SLACK_MS, to: to + NOTICE_SLACK_MS }
  const [checks, filings, preReports, reopenings] = await Promise.all([
    listChecksOfUnits(db, { unitCodes, range: { from, to } }),
    listFilingsOfUnits(db, { unitCodes, years }),
    listPreReportsOfUnits(db, { unitCodes, range: around }),
    listReopeningsOfUnits(db, unitCodes),
  ])
  const reports: ReportFact[] = []
  for await (const page of listCaseReports(db, { unitCodes, range: { from, to } })) {
    reports.push(...page.map(toReportFact))
  }
  const of = (unitCode: string) => (row: { readonly unitCode: string }) => row.unitCode === unitCode
  return new Map(
    unitCodes.map((unitCode): [string, UnitFacts] => [
      unitCode,
      {
        unitCode,
        periods: roster.periodsOf.get(unitCode) ?? [],
        reports: reports.filter(of(unitCode)),
        checks: checks.filter(of(unitCode)),
        filings: filings.filter(of(unitCode)),
        preReports: preReports.filter(of(unitCode)),
        reopenings: reopenings.filter(of(unitCode)),
        misreports: [],
        bonuses: [],
        adoptions: [],
      },
    ]),
  )
}

/** Events that may count in a quarter, whichever instant the rules go by. */
function narrowTo(quarter: Quarter, facts: UnitFacts): UnitFacts {
  const { from, to } = quarterRange(quarter)
  const isIn = (at: number): boolean => from <= at && at < to
  const events = [...groupByEvent(facts.reports).values()].filter((event) =>
    event.some(({ learnedAt, occurredAt }) => isIn(learnedAt) || isIn(occurredAt)),
  )
  return { ...facts, reports: events.flat(), checks: facts.checks.filter(({ checkedAt }) => isIn(checkedAt)) }
}

/** The months of some quarters of a unit in reach, three a quarter in the order asked for; of a frozen quarter from what was frozen. */
export async function loadMonths(
  db: ReadonlyDb,
  roster: Roster,
  asks: readonly MonthsAsk[],
): Promise<IndicatorRatios[][]> {
  const facts = await loadFacts(
    db,
    asks.filter(({ frozen }) => frozen === null),
    roster,
  )
  const months: IndicatorRatios[][] = []
  for (const ask of asks) {
    const { asOf, frozen, quarter, sources } = ask
    const rules = await loadRulesOf(db, ask)
    const units =
      frozen === null
        ? sources.flatMap((source) => facts.get(source) ?? []).map((one) => narrowTo(quarter, one))
        : [...(await loadFrozenUnits(db, { frozenId: frozen.frozenId, unitCodes: sources })).values()].map((unit) => ({
            ...unit.facts,
            reports: unit.reports,
          }))
    const each = units.map((unit) => tabulateMonths(unit, { quarter, asOf, ...rules }))
    months.push(
      (each[0] ?? []).map((_, month) =>
        each.flatMap((unit) => unit[month] ?? []).reduce((sum, one) => addIndicatorRatios(sum, one)),
      ),
    )
  }
  return months
}
