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
import { assessUnits } from '../league/assess-units.ts'
import type { Roster } from '../league/load-roster.ts'
import { loadStandingFacts } from '../league/load-standing-facts.ts'
import { loadFrozenUnits, withClauses } from '../quarter/frozen-view.ts'
import { splitEvents } from '../quarter/judge-quarter.ts'
import type { Rules } from '../rules/load-rules.ts'
import { judgeFrozenCases } from './judge-frozen-cases.ts'
import { loadUnitCases } from './load-unit-cases.ts'

/** What a unit's quarter rests on. */
export interface UnitEvidence {
  readonly standing: StandingFacts
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
  return { standing: unit.facts, assessment: { ...assessment, deductions }, cases: judgeFrozenCases(unit, args) }
}

/** Of a frozen quarter what was frozen, else what is on record. */
export async function loadUnitEvidence(
  db: ReadonlyDb,
  args: Args & { readonly frozen: FrozenQuarterRow | null },
): Promise<UnitEvidence> {
  const { asOf, frozen, quarter, roster, rules, unitCode } = args
  if (frozen !== null) return await loadFrozen(db, frozen.frozenId, args)
  const scope = { unitCodes: [unitCode], periodsOf: roster.periodsOf, quarter }
  const standing = (await loadStandingFacts(db, scope)).get(unitCode)
  const [assessment] = await assessUnits(db, { ...scope, rules, asOf })
  if (standing === undefined || assessment === undefined) throw new RangeError(`unit not assessed: ${unitCode}`)
  return { standing, assessment, cases: await loadUnitCases(db, { unitCode, quarter, roster, rules, asOf }) }
}
