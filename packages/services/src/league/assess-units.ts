import { listCaseReports, type ReadonlyDb } from '@zhidu/db'
import {
  addEvent,
  type AssessmentProgress,
  finishAssessment,
  finishSummary,
  joinAssessments,
  listEventObligations,
  type Obligation,
  type Quarter,
  quarterRange,
  type ReportFact,
  startAssessment,
  type SteadySummary,
  type UnitAssessment,
  type UnitPeriod,
} from '@zhidu/domain'
import type { Rules } from '../rules/load-rules.ts'
import { loadStandingFacts } from './load-standing-facts.ts'
import { toReportFact } from './to-report-fact.ts'

const UNITS_PER_BATCH = 100

export interface AssessUnitsArgs {
  readonly unitCodes: readonly string[]
  readonly periodsOf: ReadonlyMap<string, readonly UnitPeriod[]>
  readonly quarter: Quarter
  readonly rules: Rules
  /** Epoch ms. */
  readonly asOf: readonly number[]
  readonly signal?: AbortSignal | undefined
  /** Gets what the events of each page oblige their units to, as they are read. */
  readonly takeObligations?: ((obligations: readonly Obligation[]) => Promise<void>) | undefined
}

/** Reads the facts of a batch once and judges them at each instant: `[unit][instant]`, in the order asked for. */
async function assessBatch(
  db: ReadonlyDb,
  args: AssessUnitsArgs,
  keepsDeductions: boolean,
): Promise<AssessmentProgress[][]> {
  const { asOf, quarter, rules, unitCodes } = args
  const { from, to } = quarterRange(quarter)
  const standing = await loadStandingFacts(db, args)
  const progress = new Map(
    [...standing].map(([unitCode, facts]) => [
      unitCode,
      asOf.map((at) => startAssessment(facts, { quarter, asOf: at, ...rules }, { keepsDeductions })),
    ]),
  )
  for await (const page of listCaseReports(db, { unitCodes, range: { from, to } })) {
    args.signal?.throwIfAborted()
    const obligations: Obligation[] = []
    for (const event of splitEvents(page.map(toReportFact))) {
      const [first] = event
      const unitProgress = first === undefined ? undefined : progress.get(first.unitCode)
      unitProgress?.forEach((one, index) => {
        unitProgress[index] = addEvent(one, event)
      })
      const scope = unitProgress?.[0]?.scope
      if (args.takeObligations !== undefined && scope !== undefined) {
        obligations.push(...listEventObligations(event, { quarter, ...scope }))
      }
    }
    await args.takeObligations?.(obligations)
  }
  return unitCodes.map((unitCode) => progress.get(unitCode) ?? [])
}

/** Rows come ordered by unit and event, whole events only. */
function* splitEvents(rows: readonly ReportFact[]): Generator<ReportFact[]> {
  let event: ReportFact[] = []
  for (const row of rows) {
    const [first] = event
    if (first !== undefined && (first.eventCode !== row.eventCode || first.unitCode !== row.unitCode)) {
      yield event
      event = []
    }
    event.push(row)
  }
  if (event.length > 0) yield event
}

async function* inBatches<T>(
  db: ReadonlyDb,
  args: AssessUnitsArgs,
  keepsDeductions: boolean,
  finish: (progress: AssessmentProgress) => T,
): AsyncGenerator<T[][]> {
  for (let start = 0; start < args.unitCodes.length; start += UNITS_PER_BATCH) {
    args.signal?.throwIfAborted()
    const unitCodes = args.unitCodes.slice(start, start + UNITS_PER_BATCH)
    const batch = await assessBatch(db, { ...args, unitCodes }, keepsDeductions)
    yield batch.map((unit) => unit.map(finish))
  }
}

/** Everything of a unit's rows but who it is: without facts, units alike in it come to the same. */
function circumstancesOf(periods: readonly UnitPeriod[]): string {
  return JSON.stringify(periods.map((row) => [row.tier, row.peerGroup, row.dutyMode, row.validFrom, row.validTo]))
}

/** What units that have no fact in the quarter come to at one instant; they owe forms all the same. In the order asked for. */
export function summarizeWithoutFacts(
  args: Omit<AssessUnitsArgs, 'asOf'> & { readonly asOf: number },
): SteadySummary[] {
  const { asOf, periodsOf, quarter, rules } = args
  const nothing = {
    checks: [],
    misreports: [],
    filings: [],
    bonuses: [],
    preReports: [],
    adoptions: [],
    reopenings: [],
  }
  const summaries = new Map<string, SteadySummary>()
  return args.unitCodes.map((unitCode) => {
    const periods = periodsOf.get(unitCode) ?? []
    const circumstances = circumstancesOf(periods)
    const known = summaries.get(circumstances)
    if (known !== undefined) return { ...known, unitCode }
    const facts = { unitCode, periods, ...nothing }
    const summary = finishSummary(startAssessment(facts, { quarter, asOf, ...rules }, { keepsDeductions: false }))
    summaries.set(circumstances, summary)
    return summary
  })
}

/** Summaries from the facts, a batch of units at a time; memory does not grow with the events. `[unit][instant]`. */
export function summarizeUnits(db: ReadonlyDb, args: AssessUnitsArgs): AsyncGenerator<SteadySummary[][]> {
  return inBatches(db, args, false, finishSummary)
}

/** A unit with the codes of those whose facts it bears. */
export interface JoinedUnit {
  readonly unitCode: string
  readonly sources: readonly string[]
}

/**
 * What units come to that bear the facts of several, or of others, from the facts at one instant, in the order of `units`.
 * `finish`: `finishSummary`, or `finishAssessment` with `keepsDeductions`. Every unit has a source at least.
 */
export async function joinUnits<T>(
  db: ReadonlyDb,
  args: Omit<AssessUnitsArgs, 'asOf' | 'unitCodes'> & { readonly asOf: number; readonly units: readonly JoinedUnit[] },
  keepsDeductions: boolean,
  finish: (progress: AssessmentProgress) => T,
): Promise<T[]> {
  const unitCodes = args.units.flatMap(({ sources }) => sources)
  const parts = new Map<string, AssessmentProgress>()
  const scope = { ...args, unitCodes, asOf: [args.asOf] }
  for await (const batch of inBatches(db, scope, keepsDeductions, (progress) => progress)) {
    for (const part of batch.flat()) parts.set(part.unitCode, part)
  }
  return args.units.map(({ sources, unitCode }) =>
    finish(
      joinAssessments(
        unitCode,
        sources.flatMap((source) => parts.get(source) ?? []),
      ),
    ),
  )
}

/** Assessments with their deductions, from the facts, at one instant, in the order of `unitCodes`. */
export async function assessUnits(
  db: ReadonlyDb,
  args: Omit<AssessUnitsArgs, 'asOf'> & { readonly asOf: number },
): Promise<UnitAssessment[]> {
  const assessments: UnitAssessment[] = []
  for await (const batch of inBatches(db, { ...args, asOf: [args.asOf] }, true, finishAssessment)) {
    assessments.push(...batch.flat())
  }
  return assessments
}
