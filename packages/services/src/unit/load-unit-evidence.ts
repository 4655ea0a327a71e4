import type { FrozenQuarterRow, ReadonlyDb } from '@zhidu/db'
import {
  type Deduction,
  finishAssessment,
  addEvent,
  type Quarter,
  startAssessment,
  type StandingFacts,
  type UnitAssessment,
} from '@zhidu/domain'
import type { JudgedCase } from '../event/load-judgements.ts'
import { joinUnits } from '../league/assess-units.ts'
import type { Roster } from '../league/load-roster.ts'
import { loadStandingFacts } from '../league/load-standing-facts.ts'
import { loadFrozenUnits, withClauses } from '../quarter/frozen-view.ts'
import { splitEvents } from '../quarter/judge-quarter.ts'
import type { Rules } from '../rules/load-rules.ts'
import { judgeFrozenCases } from './judge-frozen-cases.ts'
import { loadUnitCases } from './load-unit-cases.ts'

/** What a unit's quarter rests on. */
export interface UnitEvidence {
  /** Of the unit, or of each whose facts it bears. */
  readonly standings: readonly StandingFacts[]
  readonly assessment: Pick<UnitAssessment, 'checks' | 'completeness'> & { readonly deductions: readonly Deduction[] }
  readonly cases: readonly JudgedCase[]
}

interface Args {
  readonly unitCode: string
  readonly quarter: Quarter
  readonly roster: Roster
  readonly rules: Rules
  readonly asOf: number
}

async function loadFrozen(db: ReadonlyDb, frozenId: string, args: Args): Promise<UnitEvidence> {
  const { asOf, quarter, rules, unitCode } = args
  const unit = (await loadFrozenUnits(db, { frozenId, unitCodes: [unitCode] })).get(unitCode)
  if (unit === undefined) throw new RangeError(`unit not read: ${unitCode}`)
  let progress = startAssessment(unit.facts, { quarter, asOf, ...rules })
  for (const event of splitEvents(unit.reports)) progress = addEvent(progress, event)
  const assessment = finishAssessment(progress)
  // The list is that of the table; the method may have changed since.
  const deductions = withClauses(unit.deductions, assessment.deductions)
  return { standings: [unit.facts], assessment: { ...assessment, deductions }, cases: judgeFrozenCases(unit, args) }
}

/** Of a frozen quarter what was frozen, else what is on record. */
export async function loadUnitEvidence(
  db: ReadonlyDb,
  args: Args & {
    readonly frozen: FrozenQuarterRow | null
    /** Units whose facts it shows; of a frozen quarter itself alone. */
    readonly sources: readonly string[]
  },
): Promise<UnitEvidence> {
  const { asOf, frozen, quarter, roster, rules, sources, unitCode } = args
  if (frozen !== null) return await loadFrozen(db, frozen.frozenId, args)
  const scope = { periodsOf: roster.periodsOf, quarter }
  const standings = [...(await loadStandingFacts(db, { ...scope, unitCodes: sources })).values()]
  const units = [{ unitCode, sources }]
  const [assessment] = await joinUnits(db, { ...scope, rules, asOf, units }, true, finishAssessment)
  if (assessment === undefined) throw new RangeError(`unit not assessed: ${unitCode}`)
  const cases = []
  for (const source of sources) {
    cases.push(...(await loadUnitCases(db, { unitCode: source, quarter, roster, rules, asOf })))
  }
  return { standings, assessment, cases }
}
