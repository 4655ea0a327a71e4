import fc from 'fast-check'
import { ADOPTION_USES, BONUS_KINDS, FILING_FORMS, MISREPORT_KINDS } from '../facts/facts.ts'
import { canArise } from '../regulation/check-deductions.ts'
import { bestPointsOf, freeTierOf } from '../regulation/check-regulation.ts'
import {
  type Dimension,
  type DimensionRule,
  DIMENSIONS,
  type DutyLogRule,
  GRADES,
  type Regulation,
  WHOLE_WEIGHT,
} from '../regulation/regulation.ts'
import { clause } from '../regulation/samples/rule-makers.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import {
  arbitraryClocks,
  arbitraryCompleteness,
  arbitraryDeadlines,
  arbitraryDeductions,
  arbitraryFollowUps,
  CLAUSE_IDS,
  clauseId,
  points,
  type ShapeChoice,
} from './arbitrary-rules.ts'

function arbitraryPoints<Key extends string>(keys: readonly Key[]): fc.Arbitrary<Record<Key, number>> {
  const value = fc.constantFrom(0, 1_00, 2_00, 3_33, 5_00)
  return fc
    .tuple(...keys.map(() => value))
    .map((values) => Object.fromEntries(keys.map((key, index) => [key, values[index] ?? 0])) as Record<Key, number>)
}

/** Those used have points; weighted, they sum to 100 %. Floors reach below 0, where a published method lets them. */
function arbitraryDimensions(
  used: readonly Dimension[],
  isWeighted: boolean,
): fc.Arbitrary<Record<Dimension, DimensionRule>> {
  const rule = fc
    .record({
      base: fc.constantFrom(10_00, 20_00, 33_33, 100_00),
      floor: fc.constantFrom(0, 0, -5_00, 5_00),
      over: fc.constantFrom(0, 0, 1_00),
      share: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ base, floor, over, share }) => ({ base, floor, cap: base + over, share }))
  return fc.tuple(...DIMENSIONS.map(() => rule)).map((rules) => {
    const own = DIMENSIONS.map((dimension, index) => {
      const isUsed = used.includes(dimension)
      const one = rules[index]
      return isUsed && one !== undefined ? one : { base: 0, floor: 0, cap: 0, share: 0 }
    })
    const shares = own.reduce((sum, { share }) => sum + share, 0)
    const weights = own.map(({ share }) => Math.floor((WHOLE_WEIGHT * share) / shares))
    const rest = WHOLE_WEIGHT - weights.reduce((sum, weight) => sum + weight, 0)
    const heaviest = weights.indexOf(Math.max(...weights))
    const entries = own.map(({ base, cap, floor }, index): [Dimension, DimensionRule] => {
      const weight = isWeighted ? (weights[index] ?? 0) + (index === heaviest ? rest : 0) : null
      return [DIMENSIONS[index] ?? 'filing', { title: null, base, floor, cap, weight }]
    })
    return Object.fromEntries(entries) as Record<Dimension, DimensionRule>
  })
}

const arbitraryMethod = fc.constantFrom(
  { period: 'quarter', hasItems: false },
  { period: 'month', hasItems: false },
  { period: 'quarter', hasItems: true },
) satisfies fc.Arbitrary<{ readonly period: Regulation['period']; readonly hasItems: boolean }>

const arbitraryDutyLog: fc.Arbitrary<DutyLogRule | undefined> = fc.option(
  fc.record({
    clause: clauseId,
    closeWithinHours: fc.constantFrom(1, 2, 24),
    points: fc.constantFrom(50, 1_00),
    max: fc.option(fc.constantFrom(1_00, 1_50)),
    lateEntry: fc.option(fc.record({ afterHours: fc.constantFrom(1, 3), points: fc.constantFrom(20, 50) })),
  }),
  { nil: undefined },
)

const anyShares = fc.tuple(fc.constantFrom(1, 0.9), fc.constantFrom(0.8, 0.5), fc.constantFrom(0.4, 0.1))

function arbitraryOf(period: Regulation['period'], hasItems: boolean): fc.Arbitrary<Regulation> {
  const choice: ShapeChoice = { hasItems, hasMonths: period === 'month' }
  return fc
    .record({
      used: fc.subarray([...DIMENSIONS], { minLength: 1 }),
      isWeighted: hasItems ? fc.constant(false) : fc.boolean(),
    })
    .chain(({ isWeighted, used }) =>
      fc.record({
        clocks: arbitraryClocks,
        deadlines: arbitraryDeadlines,
        preReport: fc.option(fc.record({ clause: clauseId, extendsSeconds: fc.constantFrom(1800, 3600, 7200) })),
        followUps: arbitraryFollowUps,
        completeness: arbitraryCompleteness,
        dimensions: arbitraryDimensions(used, isWeighted),
        deductions: arbitraryDeductions(choice, used),
        absorbingMisreports: fc.subarray([...MISREPORT_KINDS]),
        filing: fc.record({
          clause: clauseId,
          leadDays: fc.constantFrom(0, 1, 5, 10),
          moveTo: fc.constantFrom('none', 'previous_workday'),
          forms: fc.subarray([...FILING_FORMS]),
        }),
        items: hasItems ? fc.record({ clause: clauseId, points: arbitraryPoints(ADOPTION_USES) }) : fc.constant(null),
        workload: hasItems
          ? fc.constant(null)
          : fc.option(
              fc.record({
                clause: clauseId,
                counts: fc.constantFrom('written_first_reports', 'adoptions'),
                max: points,
                fullAt: fc.constantFrom(1, 2, 3, 7),
              }),
            ),
        dutyLog: used.includes('discipline') || hasItems ? arbitraryDutyLog : fc.constant(undefined),
        bonus: fc.record({
          clause: clauseId,
          points: arbitraryPoints(BONUS_KINDS),
          perEvent: fc.constantFrom('all', 'highest'),
          maxPerPeriod: fc.option(fc.constantFrom(0, 5_00)),
        }),
        total: fc.record({
          floor: fc.option(fc.constantFrom(0, -2_00)),
          cap: fc.option(fc.constantFrom(10_00, 90_00)),
        }),
        gradesBy: fc.constantFrom('without_bonus', 'with_bonus'),
        shares: anyShares,
        vetoes: fc.array(
          fc.record({
            clause: clauseId,
            misreports: fc.subarray([...MISREPORT_KINDS], { minLength: 1 }),
            atLeast: fc.constantFrom(1, 2),
            gradeCap: fc.constantFrom('good', 'fair', 'poor'),
            barsCommendation: fc.boolean(),
          }),
          { maxLength: 2 },
        ),
        commendation: fc.record({
          clause: clauseId,
          minEventsOwed: fc.constantFrom(0, 1, 3),
          grades: fc.subarray([...GRADES]),
        }),
      }),
    )
    .map(({ gradesBy, shares, ...rest }) => {
      const drawn = {
        ...SAMPLE_REGULATION,
        ...rest,
        period,
        id: 'drawn',
        clauses: CLAUSE_IDS.map(toClause),
      } as Regulation
      return withGrades(withoutContradictions(drawn), gradesBy as Regulation['grades']['by'], shares)
    })
}

function toClause(id: string): Regulation['clauses'][number] {
  return clause(id, `第${id}条`, `出处${id}`)
}

/** Leaves out deductions for what nobody owes, and what would absorb for free. */
function withoutContradictions(drawn: Regulation): Regulation {
  const regulation = { ...drawn, deductions: drawn.deductions.filter((rule) => canArise(rule, drawn)) }
  const absorbingMisreports = drawn.absorbingMisreports.filter((kind) => freeTierOf(kind, regulation) === undefined)
  const [one] = CLAUSE_IDS
  const rule = { clause: one, maxRings: 3, maxSeconds: 15, attempts: 2, spacingSeconds: 180, callBackSeconds: 600 }
  const dueProcess = { clause: one, explanationWorkingDays: 3, appealWorkingDays: 5 }
  return { ...regulation, absorbingMisreports, phoneCheck: rule, dueProcess }
}

/** Grades at shares of what can be reached. */
function withGrades(
  drawn: Regulation,
  by: Regulation['grades']['by'],
  [excellent, good, fair]: readonly [number, number, number],
): Regulation {
  const regulation = { ...drawn, grades: { clause: CLAUSE_IDS[0], by, excellent: 0, good: 0, fair: 0 } }
  const best = Math.min(bestPointsOf(regulation), 100_00)
  const at = (share: number): number => Math.floor(best * share)
  return { ...regulation, grades: { ...regulation.grades, excellent: at(excellent), good: at(good), fair: at(fair) } }
}

/** Methods in which `checkRegulation` finds nothing wrong: every shape, in every mixture. */
export const arbitraryRegulation: fc.Arbitrary<Regulation> = arbitraryMethod.chain(({ hasItems, period }) =>
  arbitraryOf(period as Regulation['period'], hasItems),
)
