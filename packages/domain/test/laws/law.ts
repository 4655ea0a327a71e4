import fc from 'fast-check'
import {
  assessUnit,
  type HolidayBlock,
  type Regulation,
  REGULATION_SAMPLES,
  toQuarter,
  type UnitAssessment,
  type UnitFacts,
} from '../../src/index.ts'
import { arbitraryFacts, arbitraryHolidays, arbitraryMomentOf } from '../../src/testing/arbitrary-facts.ts'
import { arbitraryRegulation } from '../../src/testing/arbitrary-regulation.ts'

const IS_LONG = process.env['ZHIDU_LONG_TESTS'] === '1'
/** Of every law in the long form: half under the samples, half under methods drawn at random. */
const CASES = 100_000
/** Of every statement in the short form: as in the long one. */
const FEW_CASES = 200
const TIMEOUT_MS = IS_LONG ? 3_600_000 : 60_000

export const QUARTER = toQuarter('2026Q3')

/** A unit's facts, a moment to ask about them, and the rules to judge them by. */
export interface Case {
  readonly facts: UnitFacts
  readonly asOf: number
  readonly regulation: Regulation
  readonly holidays: readonly HolidayBlock[]
}

export function assess(question: Case, facts = question.facts, asOf = question.asOf): UnitAssessment {
  return assessUnit(facts, { ...question, asOf, quarter: QUARTER })
}

function casesOf(regulations: fc.Arbitrary<Regulation>): fc.Arbitrary<Case> {
  return fc
    .record({ facts: arbitraryFacts, regulation: regulations, holidays: arbitraryHolidays })
    .chain((drawn) => arbitraryMomentOf(drawn.facts).map((asOf) => ({ ...drawn, asOf })))
}

interface Method {
  /** Drawn when the law is held against it. */
  readonly regulations: () => readonly Regulation[]
  readonly numRuns: number
}

/** To draw a method takes longer than to judge by it. */
const CASES_PER_METHOD = 10

function anyMethod(numRuns: number): Method {
  return { regulations: () => fc.sample(arbitraryRegulation, Math.ceil(numRuns / CASES_PER_METHOD)), numRuns }
}

/** Every sample by itself, and methods drawn at random. `statements`: among how many a law's cases are shared. */
export function methodsFor(statements: number): (readonly [name: string, method: Method])[] {
  const cases = IS_LONG ? Math.ceil(CASES / statements) : FEW_CASES
  const numRuns = Math.ceil(cases / 2 / REGULATION_SAMPLES.length)
  return [
    ...REGULATION_SAMPLES.map((one) => [one.id, { regulations: () => [one], numRuns }] as const),
    ['any method', anyMethod(Math.ceil(cases / 2))],
  ]
}

/** For the runner: a machine under load takes longer than a test has by default. */
export const PATIENCE = { timeout: TIMEOUT_MS }

/** Holds a law against a method. `more`: what a case needs besides. `check` throws where the law is broken. */
export function assertLaw<More>(
  { numRuns, regulations }: Method,
  more: (question: Case) => fc.Arbitrary<More>,
  check: (question: Case, more: More) => void,
): void {
  const cases = casesOf(fc.constantFrom(...regulations())).chain((question) =>
    more(question).map((extra) => [question, extra] as const),
  )
  fc.assert(
    fc.property(cases, ([question, extra]) => check(question, extra)),
    { numRuns },
  )
}

export const NOTHING_MORE = (): fc.Arbitrary<null> => fc.constant(null)

/** The same rows in any order. */
export function shuffled<T>(rows: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...rows], { minLength: rows.length })
}
