import {
  type AssessmentContext,
  assessUnit,
  compareWhatIf,
  computeRankRanges,
  computeWhatIfTable,
  prepareWhatIf,
  rankUnits,
  type Regulation,
  SAMPLE_REGULATION,
  type UnitFacts,
} from '@zhidu/domain'
import { makeProvinceFacts } from '../dataset/province-facts.ts'
import { repeat, type Timing } from '../measure/repeat.ts'
import { toCount, toMilliseconds, toRatio, toTextTable } from '../report/print-table.ts'
import type { Scenario } from '../scenario.ts'

/** What the editor promises: a group of this size is redrawn within so many ms of a change. */
const UNITS = 200
const REPORTS = 10_000
const BUDGET_MS = 100

function byUnit<Row extends { readonly unitCode: string }>(rows: Iterable<Row>): Map<string, Row[]> {
  return Map.groupBy([...rows], ({ unitCode }) => unitCode)
}

function makeGroup(scenario: Scenario): UnitFacts[] {
  const facts = makeProvinceFacts({ unitCount: UNITS, reportCount: REPORTS, ...scenario.dataset })
  const [reports, checks, misreports] = [byUnit(facts.reports()), byUnit(facts.checks), byUnit(facts.misreports)]
  const [filings, bonuses] = [byUnit(facts.filings), byUnit(facts.bonuses)]
  return [...byUnit(facts.units.filter(({ peerGroup }) => peerGroup === facts.group))].map(([unitCode, periods]) => ({
    unitCode,
    periods,
    reports: reports.get(unitCode) ?? [],
    checks: checks.get(unitCode) ?? [],
    misreports: misreports.get(unitCode) ?? [],
    filings: filings.get(unitCode) ?? [],
    bonuses: bonuses.get(unitCode) ?? [],
    preReports: [],
    adoptions: [],
    reopenings: [],
  }))
}

/** A fresh document each time, as a stroke in the editor makes one: nothing that was compiled for it is there. */
function edit(points: number): Regulation {
  return {
    ...SAMPLE_REGULATION,
    deductions: SAMPLE_REGULATION.deductions.map((rule) =>
      rule.code === 'written_late' ? { ...rule, shape: { kind: 'per_started_hour', points, max: 5_00 } } : rule,
    ),
  }
}

/** One edit of a draft, from the new document to the rows on screen, beside computing both tables from the facts. */
export async function benchWhatIf(scenario: Scenario): Promise<string> {
  const group = makeGroup(scenario)
  const position = new Map(group.map(({ unitCode }, index) => [unitCode, index]))
  const { holidays, quarter } = scenario.dataset
  const contextOf = (regulation: Regulation): AssessmentContext => ({
    quarter,
    asOf: scenario.now,
    holidays,
    regulation,
  })
  const prepared = prepareWhatIf(group)
  const before = computeWhatIfTable(prepared, contextOf(SAMPLE_REGULATION), position)
  let points = 50
  const redraw: Timing = await repeat(scenario.runCount, () => {
    const draft = edit((points += 1))
    const after = computeWhatIfTable(prepared, contextOf(draft), position)
    compareWhatIf(before, after)
    computeRankRanges(after, draft)
    return Promise.resolve()
  })
  const scratch: Timing = await repeat(scenario.runCount, () => {
    const tableBy = (regulation: Regulation) =>
      rankUnits(
        group.map((facts) => assessUnit(facts, contextOf(regulation))),
        position,
      )
    const draft = edit((points += 1))
    const after = tableBy(draft)
    compareWhatIf(tableBy(SAMPLE_REGULATION), after)
    computeRankRanges(after, draft)
    return Promise.resolve()
  })
  const header = ['operation', 'units', 'reports', 'median ms', 'min–max', '÷ from scratch']
  const row = (operation: string, { maxMs, medianMs, minMs }: Timing): string[] => [
    operation,
    toCount(group.length),
    toCount(REPORTS),
    toMilliseconds(medianMs),
    `${toMilliseconds(minMs)}–${toMilliseconds(maxMs)}`,
    toRatio(medianMs, scratch.medianMs),
  ]
  const table = toTextTable(header, [row('what-if, one edit', redraw), row('what-if, from scratch', scratch)])
  const verdict = redraw.medianMs <= BUDGET_MS ? 'kept' : 'BROKEN'
  return `${table}\n\nA redraw of ${UNITS} units is to take ${BUDGET_MS} ms at the most: ${verdict}.`
}
